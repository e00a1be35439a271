import path from 'node:path';
import yaml from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { readPlainYaml } from '../../../src/lockfile/pnpm/plain-yaml/read-plain-yaml.js';
import { readsTheSame } from '../../../src/lockfile/pnpm/reads-the-same.js';
import { readTree } from '../../../src/lockfile/read-tree.js';
import type { ResolvedTree, TreeEntry } from '../../../src/model/resolved-tree.js';
import { pathsTo } from '../../../src/tree/requested-by.js';
import { EVAL_LOCKFILES, hasEvalData, readEvalFile } from '../../support/projects.js';

type Raw = Readonly<Record<string, unknown>>;
const TREES = ['small', 'medium', 'monorepo', 'xl'] as const;
const npmTree = (name: string): Promise<ResolvedTree> =>
  readTree(path.join(EVAL_LOCKFILES, name, 'package-lock.json'));
const pnpmTree = (name: string): Promise<ResolvedTree> =>
  readTree(path.join(EVAL_LOCKFILES, name, 'pnpm-lock.yaml'));
const installed = ({ entries }: ResolvedTree): TreeEntry[] =>
  entries.filter((one) => one.presence === 'installed');
const direct = (tree: ResolvedTree): string[] => [
  ...new Set(
    installed(tree)
      .filter((one) => one.direct)
      .map(({ alias, name }) => alias ?? name),
  ),
];

/** Names that pnpm resolved to other versions than npm did, months apart, and that only these need. */
const NEWER_IN_PNPM: Readonly<Record<(typeof TREES)[number], readonly string[]>> = {
  small: [],
  medium: [],
  monorepo: [],
  xl: [
    '@angular/compiler',
    '@babel/plugin-bugfix-safari-rest-destructuring-rhs-array',
    '@babel/plugin-transform-explicit-resource-management',
    '@esbuild/netbsd-arm64',
    '@esbuild/openharmony-arm64',
    '@jridgewell/remapping',
    'wsl-utils',
  ],
};

function only(one: ResolvedTree, other: ResolvedTree): TreeEntry[] {
  const names = new Set(other.entries.map(({ name }) => name));
  return one.entries.filter(({ name, source }) => source !== 'workspace' && !names.has(name));
}

describe.skipIf(!hasEvalData)('the real lockfiles under ../shared (skipped where they are not)', () => {
  it.each(TREES)('pnpm-lock.yaml of %s is read without a library, as js-yaml reads it', (name) => {
    const text = readEvalFile(`${name}/pnpm-lock.yaml`);
    const documents = readPlainYaml(text);
    expect(documents?.every(readsTheSame)).toBe(true);
    expect(documents).toEqual(yaml.loadAll(text));
    expect(JSON.stringify(documents)).toBe(JSON.stringify(yaml.loadAll(text)));
  });

  it.each([
    ['small', 71, 1],
    ['medium', 349, 17],
    ['monorepo', 615, 23],
    ['xl', 2440, 24],
  ])('%s of npm has %i packages, %i of them direct', async (name, packages, directCount) => {
    const tree = await npmTree(name);
    const raw = JSON.parse(readEvalFile(`${name}/package-lock.json`)).packages as Readonly<
      Record<string, Raw>
    >;
    const links = Object.values(raw).filter(({ link }) => link === true);
    expect(installed(tree)).toHaveLength(packages);
    expect(installed(tree)).toHaveLength(Object.keys(raw).length - 1 - links.length);
    expect(direct(tree)).toHaveLength(directCount);
    expect(tree.unchecked).toEqual([]);
  });

  it.each(TREES)('%s of pnpm has the packages and the direct ones of the raw YAML', async (name) => {
    const tree = await pnpmTree(name);
    const raw = yaml.load(readEvalFile(`${name}/pnpm-lock.yaml`)) as Readonly<Record<string, Raw>>;
    const projects = Object.values(raw['importers'] ?? {}) as Readonly<Record<string, Raw>>[];
    const asked = projects.flatMap((project) =>
      Object.values(project).flatMap((names) => Object.keys(names)),
    );
    expect(installed(tree)).toHaveLength(Object.keys(raw['packages'] ?? {}).length + projects.length - 1);
    expect(direct(tree).sort()).toEqual([...new Set(asked)].sort());
    expect(tree.unchecked).toEqual([]);
  });

  it.each(TREES)(
    '%s has the same names from npm and pnpm, but for what one of them leaves out',
    async (name) => {
      const [npm, pnpm] = [await npmTree(name), await pnpmTree(name)];
      // pnpm omitted builds for other platforms from this lockfile; npm names them in optionalDependencies.
      const onlyNpm = only(npm, pnpm);
      expect(onlyNpm.filter(({ presence, optional }) => presence !== 'declared' || !optional)).toEqual([]);
      // Peers which are optional, and which npm's lockfile does not list (or lists for the version that it resolved).
      const onlyPnpm = only(pnpm, npm).filter(
        ({ presence, optional, peer }) => presence !== 'declared' || !optional || !peer,
      );
      expect(onlyPnpm.map((one) => one.name).sort()).toEqual(NEWER_IN_PNPM[name]);
    },
  );

  it.each(TREES)('%s has a way from a project to every registry package that is installed', async (name) => {
    for (const tree of [await npmTree(name), await pnpmTree(name)]) {
      const lost = installed(tree).filter(
        ({ id, source }) => source === 'registry' && pathsTo(tree, id).length === 0,
      );
      expect(lost.map(({ id }) => id)).toEqual([]);
    }
  });

  it('a directory has its own workspace names and mentions the lockfile that is not in use', async () => {
    const tree = await readTree(path.join(EVAL_LOCKFILES, 'monorepo'));
    const own = tree.entries.filter(({ source }) => source === 'workspace');
    expect(own.map(({ name }) => name).sort()).toEqual(['@acme/ui', '@acme/utils', 'api', 'web']);
    expect(tree.unchecked.map(({ id }) => id)).toEqual(['pnpm-lock.yaml']);
  });
});

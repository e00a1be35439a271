import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import yaml from 'js-yaml';
import { afterAll, describe, expect, it } from 'vitest';
import { readTree } from '../../../src/lockfile/read-tree.js';
import type { ResolvedTree, TreeEntry } from '../../../src/model/resolved-tree.js';
import { pathsTo } from '../../../src/tree/requested-by.js';

const FIXTURES = path.resolve(import.meta.dirname, '../../fixtures/lockfiles');
const read = (file: string): string => readFileSync(path.join(FIXTURES, file), 'utf8');

type Raw = Readonly<Record<string, unknown>>;
type RawNames = Readonly<Record<string, Raw>>;
/** What a test counts in a lockfile with its own few lines, to hold against the tree. */
type Counts = { readonly installed: number; readonly direct: number };

const installed = ({ entries }: ResolvedTree): TreeEntry[] =>
  entries.filter((one) => one.presence === 'installed');
const countsOf = (tree: ResolvedTree): Counts => ({
  installed: installed(tree).length,
  direct: installed(tree).filter(({ direct }) => direct).length,
});
const keysOf = (...lists: readonly unknown[]): string[] =>
  lists.flatMap((list) => Object.keys((list ?? {}) as Raw));

/** Locations without the root and without the links to folders that are there; direct = what the folders resolve. */
function countPackages(lock: Raw, root: Raw): Counts {
  const packages = lock['packages'] as RawNames;
  const folders = Object.entries({ ...packages, '': packages[''] ?? root });
  const links = Object.values(packages).filter(
    ({ link, resolved }) => link === true && String(resolved) in packages,
  );
  const direct = new Set<string>();
  for (const [folder, one] of folders.filter(([location]) => !location.includes('node_modules'))) {
    if (folder.startsWith('vendor')) continue;
    const keys = keysOf(
      one['dependencies'],
      one['devDependencies'],
      one['optionalDependencies'],
      one['peerDependencies'],
    );
    for (const key of keys) {
      const near = `${folder}/node_modules/${key}`;
      const found = near in packages ? near : `node_modules/${key}`;
      if (found in packages) direct.add(found);
    }
  }
  return {
    installed: Object.keys(packages).filter((location) => location !== '').length - links.length,
    direct: direct.size,
  };
}

function countNested(dependencies: RawNames): number {
  const inner = Object.values(dependencies).map((one) =>
    countNested((one['dependencies'] ?? {}) as RawNames),
  );
  return Object.keys(dependencies).length + inner.reduce((sum, count) => sum + count, 0);
}

/** Package ids without peers, and one for each project but the root; direct = the distinct references of the projects. */
function countYaml(text: string): Counts {
  const documents = yaml.loadAll(text) as RawNames[];
  const projects = documents.flatMap((document) => Object.values(document['importers'] as RawNames));
  const ids = documents.map(({ packages }) => {
    return new Set(Object.keys(packages ?? {}).map((id) => id.replace(/\(.*|(?<=\d)_.*/, ''))).size;
  });
  const asked = projects.flatMap((project) => {
    const lists = Object.keys(project).filter((list) => /dependencies$/i.test(list));
    return lists.flatMap((list) => Object.entries(project[list] as Raw));
  });
  const direct = asked.map(([key, value]) => {
    const version = typeof value === 'string' ? value : String((value as Raw)['version']);
    return `${key} ${version.replace(/\(.*/, '')}`;
  });
  const installedCount = ids.reduce((sum, count) => sum + count, 0) + projects.length - documents.length;
  return { installed: installedCount, direct: new Set(direct).size };
}

const hidden = mkdtempSync(path.join(tmpdir(), 'phantom-guard-hidden-'));
mkdirSync(path.join(hidden, 'node_modules'));
cpSync(path.join(FIXTURES, 'npm-hidden/package.json'), path.join(hidden, 'package.json'));
cpSync(
  path.join(FIXTURES, 'npm-hidden/hidden-lockfile.json'),
  path.join(hidden, 'node_modules/.package-lock.json'),
);
afterAll(() => rmSync(hidden, { recursive: true }));

describe('package and direct counts are those of the raw file', () => {
  it.each([
    ['npm-v2/package-lock.json', '2'],
    ['npm-v3/package-lock.json', '3'],
    ['npm-v4/package-lock.json', '4'],
    ['npm-shrinkwrap/npm-shrinkwrap.json', '3'],
  ])('%s', async (file, lockfileVersion) => {
    const tree = await readTree(path.join(FIXTURES, file));
    expect(tree.lockfileVersion).toBe(lockfileVersion);
    expect(countsOf(tree)).toEqual(countPackages(JSON.parse(read(file)), {}));
  });

  it('npm-v1/package-lock.json', async () => {
    const file = 'npm-v1/package-lock.json';
    const tree = await readTree(path.join(FIXTURES, file));
    expect(tree.lockfileVersion).toBe('1');
    expect(installed(tree)).toHaveLength(countNested(JSON.parse(read(file)).dependencies));
  });

  it('node_modules/.package-lock.json', async () => {
    const tree = await readTree(path.join(hidden, 'node_modules/.package-lock.json'));
    const raw = countPackages(
      JSON.parse(read('npm-hidden/hidden-lockfile.json')),
      JSON.parse(read('npm-hidden/package.json')),
    );
    expect(tree.format).toBe('hidden-lockfile');
    expect(countsOf(tree)).toEqual(raw);
  });

  it.each([
    ['pnpm-5.4', '5.4'],
    ['pnpm-6.0', '6.0'],
    ['pnpm-9.0', '9.0'],
    ['pnpm-9.0-config-dependencies', '9.0'],
  ])('%s/pnpm-lock.yaml', async (folder, lockfileVersion) => {
    const tree = await readTree(path.join(FIXTURES, folder, 'pnpm-lock.yaml'));
    expect(tree).toMatchObject({ format: 'pnpm-lock', lockfileVersion });
    expect(countsOf(tree)).toEqual(countYaml(read(`${folder}/pnpm-lock.yaml`)));
  });
});

describe('the same project', () => {
  const ids = async (folder: string): Promise<string[]> =>
    (await readTree(path.join(FIXTURES, folder))).entries.map(({ id }) => id).sort();

  it('has the same entries in every version of the npm lockfile', async () => {
    const expected = await ids('npm-v3');
    for (const folder of ['npm-v1', 'npm-v2', 'npm-shrinkwrap']) expect(await ids(folder)).toEqual(expected);
  });

  it('has the same entries in every version of the pnpm lockfile, where pnpm resolved it alike', async () => {
    const expected = await ids('pnpm-9.0');
    // pnpm 7 and 8 took the React that is there for the peer, pnpm 10 the newest.
    const older = expected.filter((id) => id !== 'react@19.3.1');
    expect(await ids('pnpm-6.0')).toEqual(older);
    expect(await ids('pnpm-5.4')).toEqual(older);
    expect(await ids('pnpm-9.0-config-dependencies')).toEqual([...older, 'is-buffer@2.0.5'].sort());
  });

  it.each(['npm-v1', 'npm-v3', 'npm-v4', 'pnpm-5.4', 'pnpm-6.0', 'pnpm-9.0', 'pnpm-9.0-config-dependencies'])(
    'has in %s an alias, a local folder, workspace projects, and the ways to each package',
    async (folder) => {
      const tree = await readTree(path.join(FIXTURES, folder));
      const byName = (name: string): TreeEntry[] => tree.entries.filter((one) => one.name === name);
      expect(
        byName('is-number')
          .map(({ alias, version }) => [alias, version])
          .sort(),
      ).toEqual(
        [
          ['my-old-is-number', '3.0.0'],
          [null, '6.0.0'],
          [null, '7.0.0'],
        ].sort(),
      );
      expect(byName('@fixture/lib')).toMatchObject([{ source: 'workspace', version: '1.0.0' }]);
      expect(byName('@fixture/app')).toMatchObject([{ source: 'workspace', version: '0.1.0' }]);
      expect(['link', 'file']).toContain(byName('local-tool')[0]?.source);
      expect(byName('fsevents')).toMatchObject([{ optional: true, direct: true, registryName: 'fsevents' }]);
      expect(byName('use-sync-external-store')).toMatchObject([{ dev: true }]);
      const [isarray] = byName('isarray');
      expect(pathsTo(tree, isarray?.id ?? '')[0]?.map((label) => label.replace(/@\d.*/, ''))).toEqual([
        'root',
        'local-tool',
        'isarray',
      ]);
      expect(tree.importers.map(({ path: place }) => place)).toEqual(['.', 'packages/app', 'packages/lib']);
    },
  );

  it('names what another platform would install', async () => {
    const tree = await readTree(path.join(hidden, 'node_modules/.package-lock.json'));
    expect(tree.entries.filter(({ presence }) => presence === 'declared')).toMatchObject([
      { name: 'fsevents', optional: true, direct: true },
    ]);
  });
});

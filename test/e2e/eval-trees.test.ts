import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import yaml from 'js-yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.js';
import { type FakeRegistry, packument, startFakeRegistry } from '../support/fake-registry.js';
import { EVAL_LOCKFILES, hasEvalData, readEvalFile, writeProject } from '../support/projects.js';
import { runCli } from '../support/run-cli.js';

/** Entries by the raw files: locations of package-lock.json (links folded into their targets), keys of pnpm's `packages`. */
const TREES = [
  ['small', 71, 71],
  ['medium', 349, 349],
  ['monorepo', 615, 593 + 4],
  ['xl', 2_440, 2_044],
] as const;

/** npm and pnpm resolved xl to other versions of Babel, esbuild and open, and only pnpm installed Angular's peers. */
const ONLY_PNPM_XL = [
  '@angular/compiler',
  '@angular/compiler-cli',
  '@babel/plugin-bugfix-safari-rest-destructuring-rhs-array',
  '@babel/plugin-transform-explicit-resource-management',
  '@esbuild/netbsd-arm64',
  '@esbuild/openharmony-arm64',
  '@jridgewell/remapping',
  'wsl-utils',
];

const INVENTED = 'phantom-guard-test-invented';

type LockedPackage = { readonly name?: string; readonly [key: string]: unknown };
type PackageLock = { packages: Record<string, LockedPackage> };

function readLock(tree: string): PackageLock {
  return JSON.parse(readEvalFile(`${tree}/package-lock.json`)) as PackageLock;
}

/** Every name that a tree has or declares. */
function namesOf(tree: string): string[] {
  const { packages } = readLock(tree);
  return Object.entries(packages).flatMap(([location, entry]) => {
    const real = entry.name ?? location.slice(location.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const declared = ['optionalDependencies', 'peerDependencies', 'dependencies', 'devDependencies'].flatMap(
      (field) =>
        Object.entries((entry[field] ?? {}) as Record<string, string>).map(([name, spec]) =>
          spec.startsWith('npm:') ? spec.slice(4, spec.indexOf('@', 5)) : name,
        ),
    );
    return [real, ...declared];
  });
}

/** Every name that pnpm-lock.yaml has or declares as a peer. */
function pnpmNamesOf(tree: string): string[] {
  const { packages } = yaml.load(readEvalFile(`${tree}/pnpm-lock.yaml`)) as {
    packages: Record<string, { peerDependencies?: Record<string, string> }>;
  };
  return Object.entries(packages).flatMap(([id, { peerDependencies = {} }]) => [
    id.slice(0, id.indexOf('@', 1)),
    ...Object.keys(peerDependencies),
  ]);
}

function registryNames({ packages }: Report): string[] {
  return [
    ...new Set(packages.filter(({ source }) => source === 'registry').map(({ name }) => name)),
  ].toSorted();
}

function withoutRequester({ packages }: Report): string[] {
  return packages
    .filter(({ source, requestedBy }) => source !== 'workspace' && requestedBy.length === 0)
    .map(({ name }) => name);
}

describe.skipIf(!hasEvalData)('the real trees of ../shared/eval (skipped where it is absent)', () => {
  let registry: FakeRegistry;
  let flags: string[];

  beforeAll(async () => {
    const names = new Set(
      hasEvalData ? TREES.flatMap(([tree]) => [...namesOf(tree), ...pnpmNamesOf(tree)]) : [],
    );
    const packages = Object.fromEntries(
      [...names].map((name) => [
        name,
        packument({ name, versions: { '1.0.0': '2020-01-01T00:00:00.000Z' } }),
      ]),
    );
    registry = await startFakeRegistry({ packages, absent: [INVENTED], allowUnused: true });
    const cacheDir = mkdtempSync(path.join(tmpdir(), 'phantom-guard-cache-'));
    flags = [
      '--registry',
      registry.url,
      '--downloads-url',
      'none',
      '--cache-dir',
      cacheDir,
      '--format',
      'json',
      '--all',
    ];
  });
  afterAll(async () => {
    registry.verify();
    await registry.close();
  });

  async function check(file: string): Promise<{ status: number | null; report: Report }> {
    const { status, report } = await runCli(['check', file, ...flags]);
    return { status, report: report() };
  }

  it.each(TREES)(
    '%s is allowed, and none of its %i and %i entries is dropped',
    async (tree, npmCount, pnpmCount) => {
      const npm = await check(path.join(EVAL_LOCKFILES, tree, 'package-lock.json'));
      const pnpm = await check(path.join(EVAL_LOCKFILES, tree, 'pnpm-lock.yaml'));
      expect([npm.status, pnpm.status]).toEqual([0, 0]);
      expect([npm.report.summary.packages, pnpm.report.summary.packages]).toEqual([npmCount, pnpmCount]);
      expect(npm.report.packages).toHaveLength(npmCount);
      expect([npm.report.summary.blocked, pnpm.report.summary.blocked]).toEqual([0, 0]);
      expect(withoutRequester(npm.report)).toEqual([]);
      expect(withoutRequester(pnpm.report)).toEqual([]);
    },
  );

  it.each(TREES)('%s makes no request when it is checked again', async (tree) => {
    const file = path.join(EVAL_LOCKFILES, tree, 'package-lock.json');
    await check(file);
    expect((await check(file)).report.stats.registryRequests).toBe(0);
  });

  it.each(TREES)('%s has the same names for npm and pnpm', async (tree) => {
    const npm = registryNames((await check(path.join(EVAL_LOCKFILES, tree, 'package-lock.json'))).report);
    const pnpm = registryNames((await check(path.join(EVAL_LOCKFILES, tree, 'pnpm-lock.yaml'))).report);
    const onlyPnpm = pnpm.filter((name) => !npm.includes(name));
    expect(npm.filter((name) => !pnpm.includes(name))).toEqual([]);
    expect(onlyPnpm).toEqual(tree === 'xl' ? ONLY_PNPM_XL : []);
  });

  it.each(TREES)('%s with one invented name is blocked by that name alone', async (tree) => {
    const manifest = JSON.parse(readEvalFile(`${tree}/package.json`));
    const lock = readLock(tree);
    lock.packages[''] = {
      ...lock.packages[''],
      dependencies: { ...Object(lock.packages['']?.['dependencies']), [INVENTED]: '^1.0.0' },
    };
    lock.packages[`node_modules/${INVENTED}`] = { version: '1.0.0', integrity: 'sha512-AAAA' };
    const project = writeProject({
      'package.json': { ...manifest, dependencies: { ...manifest.dependencies, [INVENTED]: '^1.0.0' } },
      'package-lock.json': lock,
    });
    const { status, report } = await check(project);
    expect(status).toBe(1);
    expect(report.summary).toMatchObject({ notFound: 1, blocked: 1 });
    expect(report.packages.filter(({ action }) => action === 'block')).toMatchObject([
      { name: INVENTED, risk: 'not-found', requestedBy: [['root', `${INVENTED}@1.0.0`]] },
    ]);
  });
});

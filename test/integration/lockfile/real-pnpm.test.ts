import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTree } from '../../../src/lockfile/read-tree.js';
import { packTarball } from '../../../src/model/pack-tarball.js';
import type { ResolvedTree } from '../../../src/model/resolved-tree.js';
import { type PnpmManager, pnpmManagers, runPnpm } from '../../support/pnpm-managers.js';
import { writeFiles, writeProject } from '../../support/projects.js';
import { startTarballRegistry, type TarballRegistry } from '../../support/tarball-registry.js';

const { managers, skipped } = pnpmManagers();
const one = (name: string, manifest: object = {}) => ({
  name,
  ageDays: 900,
  versions: { '1.0.0': { manifest: { ...manifest } } },
});
let registry: TarballRegistry;
beforeAll(async () => {
  registry = await startTarballRegistry([
    one('zq-real-leaf'),
    one('zq-real-other'),
    one('@zq-real/scoped'),
    one('zq-real-carrier', { dependencies: { 'zq-real-leaf': '^1.0.0' } }),
    one('zq-real-aliaser', { dependencies: { 'zq-real-leaf': 'npm:zq-real-other@1' } }),
    one('zq-real-peer', {
      peerDependencies: { 'zq-real-leaf': '*', 'zq-real-nobody': '*' },
      peerDependenciesMeta: { 'zq-real-nobody': { optional: true } },
    }),
  ]);
  const remote = { name: 'zq-real-remote', version: '3.0.0', dependencies: { 'zq-real-other': '1.0.0' } };
  registry.serveFile(
    'far/remote.tgz',
    packTarball([{ path: 'package/package.json', content: JSON.stringify(remote) }]),
  );
});
afterAll(() => registry.close());

type Files = Readonly<Record<string, string | object>>;

/** The tree of a project after this pnpm has written its lockfile. */
async function resolved(
  manager: PnpmManager,
  files: Files,
  words: readonly string[] = ['install'],
): Promise<ResolvedTree> {
  const dir = writeProject({ 'pnpm-workspace.yaml': 'packages: [packages/*]\n', ...files });
  mkdirSync(path.join(dir, '.git'), { recursive: true });
  writeFiles(dir, {
    '.git/HEAD': 'ref: refs/heads/feat/x\n',
    '.git/config': '',
    '.git/objects/x': '',
    '.git/refs/x': '',
  });
  const env = { pnpm_config_minimum_release_age: '0', GIT_CEILING_DIRECTORIES: path.dirname(dir) };
  const home = writeProject({});
  const run = await runPnpm(
    manager,
    [...words, '--lockfile-only', '--ignore-scripts', '--no-frozen-lockfile'],
    { cwd: dir, home, registry: registry.url, env },
  );
  expect(run.status, `${run.stdout}${run.stderr}`).toBe(0);
  return await readTree(dir);
}

const project = (dependencies: object, more: object = {}) => ({
  name: 'zq-project',
  version: '1.0.0',
  dependencies,
  ...more,
});
const linesOf = (tree: ResolvedTree): string[] =>
  tree.entries
    .map(({ name, version, source, alias, direct }) =>
      [
        `${name}@${version}`,
        source,
        ...(alias === null ? [] : [`as ${alias}`]),
        ...(direct ? ['direct'] : []),
      ].join(' '),
    )
    .sort();

it.each(skipped)('skipped: %s', () => undefined);

describe.each(managers.map((manager) => ({ manager, version: manager.version })))(
  'a lockfile of pnpm $version',
  ({ manager }) => {
    it('is read with aliases, overrides, catalogs and peers', async () => {
      const files = {
        'package.json': project(
          { 'zq-real-aliaser': '1', 'zq-real-peer': '1', 'zq-cat': 'catalog:' },
          { pnpm: { overrides: { 'zq-real-never': 'npm:zq-real-invented@1' } } },
        ),
        'pnpm-workspace.yaml':
          'packages: [packages/*]\ncatalog:\n  zq-cat: npm:@zq-real/scoped@1.0.0\noverrides:\n  zq-real-never: npm:zq-real-invented@1\n',
      };
      expect(linesOf(await resolved(manager, files))).toEqual([
        '@zq-real/scoped@1.0.0 registry as zq-cat direct',
        'zq-real-aliaser@1.0.0 registry direct',
        'zq-real-invented@null registry as zq-real-never direct',
        'zq-real-leaf@1.0.0 registry',
        'zq-real-nobody@null registry',
        'zq-real-other@1.0.0 registry as zq-real-leaf',
        'zq-real-peer@1.0.0 registry direct',
      ]);
    });

    it('is read with folders, links, projects and URLs, and what these ask for', async () => {
      const tree = await resolved(manager, {
        'package.json': project({
          'zq-far': `${registry.url}far/remote.tgz`,
          'zq-dir': 'file:./dir',
          'zq-link': 'link:./linked',
        }),
        'dir/package.json': { name: 'zq-dir', version: '1.0.0', dependencies: { 'zq-real-carrier': '1' } },
        'linked/package.json': { name: 'zq-link', version: '1.0.0' },
        'packages/one/package.json': {
          name: 'one',
          version: '1.0.0',
          dependencies: { two: 'workspace:*', '@zq-real/scoped': '1' },
        },
        'packages/two/package.json': { name: 'two', version: '2.0.0' },
      });
      const lines = linesOf(tree).filter((line) => !/^zq-(?:dir|far|real-remote)@/.test(line));
      expect(lines).toEqual([
        '@zq-real/scoped@1.0.0 registry direct',
        'one@1.0.0 workspace',
        'two@2.0.0 workspace direct',
        'zq-link@null link direct',
        'zq-real-carrier@1.0.0 registry',
        'zq-real-leaf@1.0.0 registry',
        ...(linesOf(tree).some((line) => line.startsWith('zq-real-other@'))
          ? ['zq-real-other@1.0.0 registry']
          : []),
      ]);
      const elsewhere = tree.entries.filter(({ source }) => source === 'file' || source === 'remote');
      expect(elsewhere.map(({ source, direct }) => [source, direct]).sort()).toEqual([
        ['file', true],
        ['remote', true],
      ]);
      expect(tree.unchecked).toHaveLength(3);
    });

    it('of a branch is judged where the branch is checked out', async () => {
      const files = {
        'package.json': project({ 'zq-real-carrier': '1' }),
        '.npmrc': 'git-branch-lockfile=true\n',
        'pnpm-workspace.yaml': 'packages: [packages/*]\ngitBranchLockfile: true\n',
      };
      const tree = await resolved(manager, files);
      expect(path.basename(tree.path ?? '')).toMatch(/^pnpm-lock\.(?:feat!x\.)?yaml$/);
      expect(existsSync(tree.path ?? '')).toBe(true);
      expect(linesOf(tree)).toEqual(['zq-real-carrier@1.0.0 registry direct', 'zq-real-leaf@1.0.0 registry']);
    });
  },
);

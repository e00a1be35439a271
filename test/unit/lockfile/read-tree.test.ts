import { chmodSync, mkdtempSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { MAX_INPUT_BYTES, readText } from '../../../src/lockfile/read-text.js';
import { readTree } from '../../../src/lockfile/read-tree.js';
import type { ResolvedTree } from '../../../src/model/resolved-tree.js';
import { packageLock, writeProject } from '../../support/projects.js';
import { entryOf, idsOf } from './lockfile-builders.js';

const names = (tree: ResolvedTree): string[] => tree.entries.map(({ name }) => name).sort();
const emptyPnpmLock = "lockfileVersion: '9.0'\nimporters:\n  .: {}\n";
afterEach(() => vi.unstubAllEnvs());

describe('the tree of a directory', () => {
  it('is that of its lockfile and of the names that package.json has beyond it', async () => {
    const dir = writeProject({
      'package.json': {
        dependencies: {
          a: '^1',
          invented: '^1',
          old: 'npm:renamed@1',
          'from-git': 'github:u/r',
          'new-git': 'u/n',
        },
        overrides: { x: 'npm:replaced@1', y: '2' },
      },
      'package-lock.json': packageLock({
        'node_modules/a': { version: '1.0.0' },
        'node_modules/old': { version: '1.0.0' },
        'node_modules/from-git': { version: '1.0.0', resolved: 'git+ssh://git@github.com/u/r.git#abc' },
      }),
    });
    const tree = await readTree(dir);
    expect(tree).toMatchObject({ format: 'package-lock', path: path.join(dir, 'package-lock.json') });
    expect(idsOf(tree)).toEqual([
      'declared:git:new-git',
      'declared:invented',
      'declared:renamed',
      'declared:replaced',
      'node_modules/a',
      'node_modules/from-git',
      'node_modules/old',
    ]);
    expect(entryOf(tree, 'declared:invented')).toMatchObject({
      direct: true,
      presence: 'declared',
      spec: '^1',
    });
    expect(tree.edges.get('root')).toContain('declared:invented');
  });

  it('has as direct what a package.json asks for, though the lockfile has it further down only', async () => {
    const packages = {
      'node_modules/lodash': { version: '4.17.21', dependencies: { 'zq-widget': '*', other: '*' } },
      'node_modules/zq-widget': { version: '1.0.0' },
      'node_modules/other': { version: '1.0.0' },
    };
    const root = { name: 'project', dependencies: { lodash: '^4' } };
    const dir = writeProject({
      'package.json': { ...root, dependencies: { lodash: '^4', 'zq-widget': '^2' } },
      'package-lock.json': { lockfileVersion: 3, packages: { '': root, ...packages } },
    });
    const tree = await readTree(dir);
    expect(tree.entries.filter(({ direct }) => direct).map(({ name }) => name)).toEqual([
      'lodash',
      'zq-widget',
    ]);
  });

  it('has the names that the workspace projects on the disk ask for', async () => {
    const dir = writeProject({
      'package.json': { workspaces: ['packages/*', './tools/'] },
      'packages/a/package.json': {
        name: '@s/a',
        version: '1.0.0',
        dependencies: { invented: '1', '@s/b': '^1' },
      },
      'packages/b/package.json': { name: '@s/b', version: '1.2.0', devDependencies: { known: '1' } },
      'packages/README.md': '',
      'tools/package.json': { dependencies: { tooling: '1' } },
      'package-lock.json': {
        lockfileVersion: 3,
        packages: {
          '': { workspaces: ['packages/*'] },
          'node_modules/@s/a': { resolved: 'packages/a', link: true },
          'packages/a': {},
          'node_modules/known': { version: '1.0.0' },
        },
      },
    });
    const tree = await readTree(dir);
    expect(names(tree)).toEqual(['@s/a', '@s/b', 'invented', 'known', 'tooling', 'tools']);
    expect(entryOf(tree, 'packages/a').version).toBe('1.0.0');
    expect(tree.importers.map(({ id }) => id)).toEqual(['root', 'packages/a', 'packages/b', 'tools']);
    expect(tree.edges.get('packages/a')).toEqual(['declared:invented']);
  });

  it('is never read from outside of the directory', async () => {
    const outside = writeProject({ 'package.json': { dependencies: { stranger: '1' } } });
    const dir = writeProject({
      'package.json': { workspaces: ['../*', 'packages/*', '/abs'] },
      'packages/a/package.json': {},
    });
    symlinkSync(outside, path.join(dir, 'packages/linked'));
    symlinkSync(path.join(outside, 'gone'), path.join(dir, 'packages/dangling'));
    const tree = await readTree(dir);
    expect(names(tree)).toEqual(['packages/a']);
    expect(tree.unchecked.map(({ id }) => id)).toEqual(['../*', '/abs', 'packages/linked']);
  });

  it('has the declared names where there is no lockfile', async () => {
    const dir = writeProject({
      'package.json': {
        dependencies: { a: '^1' },
        peerDependencies: { b: '*' },
        workspaces: ['p/**', '!p/x/**'],
      },
      'p/q/package.json': { name: 'q', dependencies: { c: '1', a: '2' } },
      'p/x/y/package.json': { name: 'y', dependencies: { never: '1' } },
    });
    const tree = await readTree(dir);
    expect(tree).toMatchObject({ format: 'package-json', lockfileVersion: null });
    expect(names(tree)).toEqual(['a', 'b', 'c', 'q']);
    expect(tree.edges.get('p/q')).toEqual(['declared:a', 'declared:c']);
    expect(await readTree(path.join(dir, 'package.json'))).toEqual(tree);
  });

  it('may have no workspace where package.json says so', async () => {
    const dir = writeProject({ 'package.json': { workspaces: ['packages/*', 'nowhere', '*'] } });
    expect((await readTree(dir)).entries).toEqual([]);
  });

  it('is refused where two workspace projects have one name', async () => {
    const dir = writeProject({
      'package.json': { workspaces: ['**'] },
      'a/package.json': { name: 'same' },
      'b/package.json': { name: 'same' },
    });
    await expect(readTree(dir)).rejects.toMatchObject({ code: 'MANIFEST_UNREADABLE' });
  });

  it('has the lockfile of the manager in use, and says which other one is not read', async () => {
    const dir = writeProject({
      'package.json': { packageManager: 'pnpm@10.0.0', dependencies: { a: '1' } },
      'package-lock.json': packageLock({ 'node_modules/locked': {} }),
    });
    const tree = await readTree(dir);
    expect(names(tree)).toEqual(['a']);
    expect(tree.unchecked).toEqual([
      {
        id: 'package-lock.json',
        reason: 'lockfile not used: pnpm is in use here (packageManager in package.json)',
      },
    ]);
  });

  it('needs no package.json beside the lockfile', async () => {
    const dir = writeProject({ 'pnpm-lock.yaml': emptyPnpmLock });
    expect(await readTree(dir)).toMatchObject({ format: 'pnpm-lock', entries: [], lockfileVersion: '9.0' });
  });
});

describe('the tree of a pnpm workspace', () => {
  it.each([
    ['package.json', { pnpm: { overrides: { a: 'github:u/a' } } }, ''],
    ['package.json', { resolutions: { a: 'https://host/a.tgz' } }, ''],
    ['pnpm-workspace.yaml', {}, "overrides: {a: 'github:u/a'}"],
    ['nothing', {}, "overrides: {a: '^2', b: 'github:u/b'}"],
  ])('asks by URL for a fork that an override of %s orders: %#', async (where, fields, workspace) => {
    const dir = writeProject({
      'package.json': { packageManager: 'pnpm@10.0.0', dependencies: { a: '^1' }, ...fields },
      'pnpm-workspace.yaml': workspace,
      'pnpm-lock.yaml': `lockfileVersion: '9.0'
importers: {.: {dependencies: {a: {specifier: ^1, version: 'https://host/a.tgz'}}}}
packages: {'a@https://host/a.tgz': {resolution: {tarball: 'https://host/a.tgz'}}}
snapshots: {'a@https://host/a.tgz': {}}
`,
    });
    const [one] = (await readTree(dir)).entries;
    expect(one).toMatchObject({ source: 'remote', askedFrom: where === 'nothing' ? 'registry' : 'url' });
  });

  it('has its catalogs, config dependencies and overrides', async () => {
    const dir = writeProject({
      'package.json': {
        packageManager: 'pnpm@10.0.0',
        dependencies: { react: 'catalog:', old: 'catalog:legacy' },
      },
      'pnpm-workspace.yaml': `packages: [packages/*, '!packages/skipped']
catalog: {react: npm:preact@10}
catalogs: {legacy: {old: npm:lodash@3}}
configDependencies: {config: 1.0.0+sha512-abc, other: {integrity: x}}
overrides: {a: npm:replaced@1}
`,
      'packages/app/package.json': { name: 'app', dependencies: { lib: 'workspace:*', app2: 'workspace:^' } },
      'packages/lib/package.json': { name: 'lib' },
      'packages/skipped/package.json': { name: 'skipped', dependencies: { never: '1' } },
    });
    const tree = await readTree(dir);
    expect(names(tree)).toEqual(['app', 'app2', 'config', 'lib', 'lodash', 'other', 'preact', 'replaced']);
    expect(entryOf(tree, 'declared:config')).toMatchObject({ spec: '1.0.0', direct: true });
    expect(entryOf(tree, 'declared:workspace:app2').source).toBe('workspace');
    expect(tree.unchecked.map(({ id }) => id)).toEqual(['declared:workspace:app2']);
  });

  it('is told from a package.json alone by what this names as the manager', async () => {
    const dir = writeProject({
      'package.json': { devEngines: { packageManager: { name: 'pnpm' } }, dependencies: { a: 'catalog:' } },
      'pnpm-workspace.yaml': 'catalog: {a: npm:b@1}',
    });
    expect(names(await readTree(path.join(dir, 'package.json')))).toEqual(['b']);
  });

  it('takes the default catalog from catalogs as well', async () => {
    const dir = writeProject({
      'package.json': { dependencies: { a: 'catalog:' } },
      'pnpm-lock.yaml': emptyPnpmLock,
      'pnpm-workspace.yaml': 'catalogs: {default: {a: npm:b@1}}',
    });
    expect(names(await readTree(dir))).toEqual(['b']);
  });

  it.each(['packages: {}', 'catalogs: []', 'a: ['])('is refused when it reads %s', async (text) => {
    const dir = writeProject({
      'package.json': {},
      'pnpm-lock.yaml': emptyPnpmLock,
      'pnpm-workspace.yaml': text,
    });
    await expect(readTree(dir)).rejects.toMatchObject({ code: 'MANIFEST_UNREADABLE' });
  });
});

describe('the tree of a file', () => {
  it('is that of a lockfile alone, without the names of package.json', async () => {
    const dir = writeProject({
      'package.json': { dependencies: { newer: '1' } },
      'package-lock.json': packageLock({ 'node_modules/a': { version: '1.0.0' } }),
    });
    expect(names(await readTree(path.join(dir, 'package-lock.json')))).toEqual(['a']);
  });

  it('is that of the hidden lockfile, with the direct dependencies of the package.json above', async () => {
    const dir = writeProject({
      'package.json': { dependencies: { b: '1' } },
      'node_modules/.package-lock.json': {
        lockfileVersion: 3,
        packages: { 'node_modules/a': { dependencies: { b: '1' } }, 'node_modules/b': {} },
      },
    });
    const tree = await readTree(path.join(dir, 'node_modules/.package-lock.json'));
    expect(tree.format).toBe('hidden-lockfile');
    expect(tree.entries.filter(({ direct }) => direct).map(({ name }) => name)).toEqual(['b']);
  });

  it.each([
    ['other.json', '{"lockfileVersion":3,"packages":{}}', 'package-lock'],
    ['npm-shrinkwrap.json', '\uFEFF{"lockfileVersion":3,"packages":{}}', 'npm-shrinkwrap'],
    ['lock', ' {"lockfileVersion":3,"packages":{}}', 'package-lock'],
    ['lock.yaml', emptyPnpmLock, 'pnpm-lock'],
    ['lock', emptyPnpmLock, 'pnpm-lock'],
  ])('called %s is told by its name or its first character', async (file, text, format) => {
    const dir = writeProject({ [file]: text });
    expect((await readTree(path.join(dir, file))).format).toBe(format);
  });

  it.each(['yarn.lock', 'bun.lock', 'bun.lockb'])('is refused for %s', async (file) => {
    const dir = writeProject({ [file]: '' });
    await expect(readTree(path.join(dir, file))).rejects.toMatchObject({ code: 'UNSUPPORTED_MANAGER' });
  });
});

describe('what cannot be read', () => {
  it('is a path where nothing is', async () => {
    await expect(readTree('/nowhere/at/all')).rejects.toMatchObject({ code: 'INPUT_NOT_FOUND' });
    const dir = writeProject({ 'a.json': '{}' });
    await expect(readTree(path.join(dir, 'a.json', 'b'))).rejects.toMatchObject({ code: 'INPUT_NOT_FOUND' });
  });

  it('is a directory in the place of a file', async () => {
    const dir = writeProject({ 'package.json/x': '' });
    await expect(readTree(dir)).rejects.toMatchObject({ code: 'INPUT_UNREADABLE' });
  });

  it('is a directory without a project', async () => {
    await expect(readTree(writeProject({}))).rejects.toMatchObject({ code: 'NO_PROJECT' });
  });

  it.skipIf(process.getuid?.() === 0)('is a file that this user may not read', async () => {
    const dir = writeProject({ 'package.json': '{}' });
    chmodSync(path.join(dir, 'package.json'), 0);
    await expect(readTree(dir)).rejects.toMatchObject({ code: 'INPUT_UNREADABLE' });
  });

  it('is a file that is not UTF-8', async () => {
    const dir = writeProject({});
    writeFileSync(path.join(dir, 'package-lock.json'), Buffer.from([0x7b, 0xff, 0x7d]));
    await expect(readTree(dir)).rejects.toMatchObject({ code: 'INPUT_UNREADABLE' });
  });

  it('is a file above the limit, which no real lockfile reaches', async () => {
    const dir = writeProject({ 'package-lock.json': '{}' });
    const file = path.join(dir, 'package-lock.json');
    truncateSync(file, MAX_INPUT_BYTES + 1);
    await expect(readTree(file)).rejects.toMatchObject({ code: 'INPUT_TOO_LARGE' });
    await expect(readText(path.join(writeProject({ 'x.json': '{}' }), 'x.json'), 1)).rejects.toMatchObject({
      code: 'INPUT_TOO_LARGE',
    });
    expect(MAX_INPUT_BYTES).toBeGreaterThan(100_000_000);
  });

  it('is a pnpm lockfile where no temporary file can be written', async () => {
    const dir = writeProject({ 'pnpm-lock.yaml': `${emptyPnpmLock}# for pnpm’s own reader\n` });
    vi.stubEnv('TMPDIR', path.join(mkdtempSync(path.join(tmpdir(), 'phantom-guard-')), 'gone'));
    await expect(readTree(dir)).rejects.toMatchObject({ code: 'INPUT_UNREADABLE' });
  });
});

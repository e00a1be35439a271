import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../src/landed/limits.js';
import { readLanded } from '../../../src/landed/read-landed.js';
import type { ResolvedTree } from '../../../src/model/resolved-tree.js';
import { packageLock, writeProject } from '../../support/projects.js';

type Files = Readonly<Record<string, string | object>>;

/** A project with these packages below node_modules: location to what their package.json says. */
function unpacked(packages: Readonly<Record<string, object>>, files: Files = {}): string {
  const manifests = Object.entries(packages).map(([location, manifest]) => [
    `node_modules/${location}/package.json`,
    { name: location.split('node_modules/').at(-1), version: '1.0.0', ...manifest },
  ]);
  return writeProject({
    'package.json': { name: 'p', dependencies: {} },
    ...Object.fromEntries(manifests),
    ...files,
  });
}

const needs = (...names: readonly string[]) => ({
  dependencies: Object.fromEntries(names.map((name) => [name, '^1.0.0'])),
});
const entry = (tree: ResolvedTree, id: string) => tree.entries.find((one) => one.id === id);
const registryNames = (tree: ResolvedTree) =>
  tree.entries.flatMap(({ registryName }) => registryName ?? []).sort();

describe('node_modules as it lies on the disk', () => {
  it('gives every package of every folder, scopes and nested folders included', async () => {
    const root = unpacked(
      {
        a: needs('b', '@s/c'),
        b: {},
        '@s/c': { scripts: { postinstall: 'x' } },
        'a/node_modules/b': { version: '2.0.0' },
      },
      { 'package.json': needs('a') },
    );
    const tree = await readLanded(root);
    expect(tree).toMatchObject({ format: 'node-modules', path: path.join(root, 'node_modules') });
    expect(tree.entries.map(({ id }) => id).sort()).toEqual([
      'node_modules/@s/c',
      'node_modules/a',
      'node_modules/a/node_modules/b',
      'node_modules/b',
    ]);
    expect(tree.edges.get('node_modules/a')).toEqual(['node_modules/a/node_modules/b', 'node_modules/@s/c']);
    expect(entry(tree, 'node_modules/@s/c')).toMatchObject({ hasInstallScript: true, direct: false });
    expect(entry(tree, 'node_modules/a')).toMatchObject({
      hasInstallScript: false,
      direct: true,
      presence: 'landed',
    });
  });

  it('hangs what nobody asks for on the root, as `npm install X` leaves it', async () => {
    const tree = await readLanded(unpacked({ a: needs('b'), b: {} }));
    expect(entry(tree, 'node_modules/a')?.direct).toBe(true);
    expect(tree.edges.get('root')).toEqual(['node_modules/a']);
  });

  it('takes what the lockfile says of the same version, and nothing of another one', async () => {
    const integrity = `sha512-${'A'.repeat(86)}==`;
    const facts = { resolved: 'https://r.example.test/a/-/a-1.0.0.tgz', integrity, dev: true };
    const lock = packageLock({
      'node_modules/a': { version: '1.0.0', ...facts },
      'node_modules/b': { version: '0.9.0', ...facts },
    });
    const tree = await readLanded(unpacked({ a: {}, b: {} }, { 'package-lock.json': lock }));
    expect(entry(tree, 'node_modules/a')).toMatchObject({ ...facts, presence: 'installed' });
    expect(entry(tree, 'node_modules/b')).toMatchObject({
      integrity: null,
      resolved: null,
      presence: 'landed',
    });
  });

  it('notes a lockfile that can’t be read, and goes on without it', async () => {
    const tree = await readLanded(unpacked({ a: {} }, { 'package-lock.json': '<<<<<<< HEAD\n' }));
    expect(tree.unchecked.map(({ id }) => id)).toEqual(['package-lock.json']);
    expect(registryNames(tree)).toEqual(['a']);
  });

  it('declares what is asked for and is not there', async () => {
    const tree = await readLanded(unpacked({ a: { optionalDependencies: { 'not-here': '1' } } }));
    expect(entry(tree, 'declared:not-here')).toMatchObject({ presence: 'declared', optional: true });
  });
});

describe('two names for one package', () => {
  it('are both judged where nothing says that one is an alias', async () => {
    expect(registryNames(await readLanded(unpacked({ folder: { name: 'other' } })))).toEqual([
      'folder',
      'other',
    ]);
  });

  it.each([
    ['package.json', { 'package.json': { dependencies: { folder: 'npm:other@1' } } }, []],
    [
      'the lockfile',
      { 'package-lock.json': packageLock({ 'node_modules/folder': { version: '1.0.0', name: 'other' } }) },
      [],
    ],
    ['the command line', {}, ['folder@npm:other@^1']],
  ])('are an alias where %s says so', async (_, files, words) => {
    const tree = await readLanded(unpacked({ folder: { name: 'other' } }, files), { words });
    expect(registryNames(tree)).toEqual(['other']);
    expect(entry(tree, 'node_modules/folder')).toMatchObject({ name: 'other', alias: 'folder' });
  });

  it('are three where the alias stands for another one than the package says', async () => {
    const files = { 'package.json': { dependencies: { folder: 'npm:real@1' } } };
    expect(registryNames(await readLanded(unpacked({ folder: { name: 'claimed' } }, files)))).toEqual([
      'claimed',
      'real',
    ]);
  });

  it('are no alias as soon as one package asks for the plain name', async () => {
    const root = unpacked({
      a: { dependencies: { folder: 'npm:other@1' } },
      b: needs('folder'),
      folder: { name: 'other' },
    });
    expect(registryNames(await readLanded(root))).toContain('folder');
  });
});

describe('bytes from elsewhere', () => {
  it('are no registry’s where everybody who asks names a URL', async () => {
    const root = unpacked(
      { g: {}, t: {}, f: {} },
      {
        'package.json': {
          dependencies: { g: 'someone/g', t: 'https://x.example.test/t.tgz', f: 'file:../f.tgz' },
        },
      },
    );
    const tree = await readLanded(root);
    expect(['g', 't', 'f'].map((name) => entry(tree, `node_modules/${name}`)?.source)).toEqual([
      'git',
      'remote',
      'file',
    ]);
    expect(registryNames(tree)).toEqual([]);
  });

  it('are a registry’s as soon as one package asks for a range', async () => {
    const root = unpacked({ a: { dependencies: { g: 'someone/g' } }, b: needs('g'), g: {} });
    expect(registryNames(await readLanded(root))).toContain('g');
  });

  it('of `npm install ./x.tgz` belong to what nobody else asks for; a typed name stays a name', async () => {
    const root = unpacked({ x: {}, typed: {} });
    const tree = await readLanded(root, { words: ['./x.tgz', 'typed@^1'] });
    expect(entry(tree, 'node_modules/x')).toMatchObject({ source: 'file', registryName: null });
    expect(entry(tree, 'node_modules/typed')).toMatchObject({ source: 'registry', direct: true });
  });

  it('that a package brings along are bundled', async () => {
    const root = unpacked({ a: { ...needs('in'), bundleDependencies: ['in'] }, 'a/node_modules/in': {} });
    expect(entry(await readLanded(root), 'node_modules/a/node_modules/in')?.source).toBe('bundled');
  });
});

describe('links', () => {
  it('to workspaces are followed inside of the project, and out of it never', async () => {
    const outside = writeProject({ 'package.json': { name: 'outside', dependencies: { secret: '1' } } });
    const root = unpacked(
      {},
      {
        'package.json': { workspaces: ['packages/*'] },
        'packages/app/package.json': { name: 'app', version: '1.0.0', ...needs('dep') },
        'packages/app/node_modules/dep/package.json': { name: 'dep', version: '1.0.0' },
      },
    );
    mkdirSync(path.join(root, 'node_modules'));
    symlinkSync('../packages/app', path.join(root, 'node_modules/app'));
    symlinkSync(outside, path.join(root, 'node_modules/outside'));
    symlinkSync('gone', path.join(root, 'node_modules/gone'));
    symlinkSync(outside, path.join(root, 'node_modules/@scope'));
    const tree = await readLanded(root);
    expect(tree.importers.map((one) => one.path)).toEqual(['.', 'packages/app']);
    expect(entry(tree, 'packages/app')?.source).toBe('workspace');
    expect(registryNames(tree)).toEqual(['dep']);
    expect(tree.edges.get('packages/app')).toEqual(['packages/app/node_modules/dep']);
    expect(tree.unchecked.map(({ id }) => id).sort()).toEqual([
      'node_modules/@scope',
      'node_modules/gone',
      'node_modules/outside',
    ]);
  });

  it('of install-strategy=linked stand for the store', async () => {
    const root = unpacked({ '.store/a@1.0.0-hash/node_modules/a': {} });
    symlinkSync('.store/a@1.0.0-hash/node_modules/a', path.join(root, 'node_modules/a'));
    expect(registryNames(await readLanded(root))).toEqual(['a']);
  });
});

describe('what is no ordinary package', () => {
  it('is judged by the name of its folder, and noted', async () => {
    const root = unpacked(
      {},
      {
        'node_modules/broken/package.json': '{',
        'node_modules/list/package.json': '[]',
        'node_modules/odd/package.json': { name: 5, version: 5, dependencies: 'x', scripts: 'x' },
        'node_modules/bare/index.js': '',
        'node_modules/empty/sub/.keep': '',
        'node_modules/Bad Name/package.json': { name: 'Bad Name' },
        'node_modules/.cache/x/package.json': { name: 'x' },
        'node_modules/.bin': '',
      },
    );
    const tree = await readLanded(root);
    expect(registryNames(tree)).toEqual(['bare', 'broken', 'list', 'odd']);
    expect(tree.unchecked.map(({ id }) => id).sort()).toEqual(
      ['Bad Name', 'bare', 'broken', 'empty', 'list', 'odd'].map((name) => `node_modules/${name}`),
    );
  });

  it('has limits: a package.json that is too large is not read, too many packages or levels end the reading', async () => {
    const root = unpacked({ a: { description: 'x'.repeat(500) }, b: {}, 'b/node_modules/c': {} });
    const small = await readLanded(root, { limits: { ...LIMITS, manifestBytes: 200 } });
    expect(entry(small, 'node_modules/a')?.version).toBe(null);
    expect(small.unchecked[0]?.reason).toContain('bytes');
    const read = (limits: object) => readLanded(root, { limits: { ...LIMITS, ...limits } });
    await expect(read({ packages: 2 })).rejects.toMatchObject({ code: 'INPUT_TOO_LARGE' });
    await expect(read({ depth: 1 })).rejects.toMatchObject({ code: 'INPUT_TOO_LARGE' });
  });

  it('is no project at all', async () => {
    expect((await readLanded(writeProject({}))).entries).toEqual([]);
  });
});

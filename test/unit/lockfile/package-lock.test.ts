import { describe, expect, it } from 'vitest';
import { parsePackageLock } from '../../../src/lockfile/npm/parse-package-lock.js';
import { entryOf, idsOf, npmTree, npmTreeOf } from './lockfile-builders.js';

const REGISTRY = 'https://registry.example.test';
const npmrc = (name: string, version = '1.0.0'): string => `${REGISTRY}/${name}/-/${name}-${version}.tgz`;
const parse = (text: string): unknown =>
  parsePackageLock({ text, file: 'package-lock.json', format: 'package-lock', path: null, manifest: null });

describe('an entry of a package-lock.json', () => {
  it('has what the lockfile says of the package', async () => {
    const tree = await npmTreeOf({
      'node_modules/left-pad': {
        version: '1.0.0',
        resolved: npmrc('left-pad'),
        integrity: 'sha512-x',
        dev: true,
        peer: true,
        hasInstallScript: true,
        deprecated: ' use right-pad ',
      },
    });
    expect(tree.entries).toEqual([
      {
        id: 'node_modules/left-pad',
        name: 'left-pad',
        registryName: 'left-pad',
        alias: null,
        version: '1.0.0',
        spec: null,
        source: 'registry',
        askedFrom: 'registry',
        resolved: npmrc('left-pad'),
        integrity: 'sha512-x',
        dev: true,
        optional: false,
        peer: true,
        hasInstallScript: true,
        deprecated: 'use right-pad',
        direct: true,
        presence: 'installed',
      },
    ]);
  });

  it('is both for development and optional when either is reason enough', async () => {
    const tree = await npmTreeOf({ 'node_modules/a': { version: '1.0.0', devOptional: true } });
    expect(entryOf(tree, 'node_modules/a')).toMatchObject({ dev: true, optional: true });
  });

  it('has the real name and the alias', async () => {
    const tree = await npmTreeOf({ 'node_modules/old': { name: 'lodash', version: '3.10.1' } });
    expect(entryOf(tree, 'node_modules/old')).toMatchObject({
      name: 'lodash',
      registryName: 'lodash',
      alias: 'old',
    });
  });

  it.each([
    ['git+ssh://git@github.com/u/thing.git#abc', 'github:u/thing', 'git'],
    ['git+https://host/u/thing.git#abc', '*', 'git'],
    [
      'https://codeload.github.com/u/thing/tar.gz/abc',
      'https://codeload.github.com/u/thing/tar.gz/abc',
      'git',
    ],
    ['https://host/thing.tgz', 'https://host/thing.tgz', 'remote'],
    [npmrc('thing'), npmrc('thing'), 'remote'],
    ['https://npm.host/download/thing/1.0.0/abc', '^1.0.0', 'registry'],
    ['https://mirror.host/thing/-/thing-1.0.0.tgz', '^1.0.0', 'registry'],
    ['https://mirror.host/thing/-/thing-1.0.0.tgz', 'user/thing', 'registry'],
    ['https://host/thing.tgz', 'user/thing', 'remote'],
    ['file:vendor/thing.tgz', 'file:vendor/thing.tgz', 'file'],
  ])('resolved to %s for %s is of source %s', async (resolved, spec, source) => {
    const packages = {
      '': { dependencies: { thing: spec } },
      'node_modules/thing': { version: '1.0.0', resolved },
    };
    const tree = await npmTree({ packages });
    expect(entryOf(tree, 'node_modules/thing').source).toBe(source);
    expect(tree.unchecked.map(({ id }) => id)).toEqual(source === 'registry' ? [] : ['node_modules/thing']);
  });

  it('is a remote tarball when an override says so', async () => {
    const packages = {
      '': { dependencies: { thing: '^1' } },
      'node_modules/thing': { version: '1.0.0', resolved: 'https://host/thing.tgz' },
    };
    const tree = await npmTree({ packages }, { overrides: { thing: 'https://host/thing.tgz' } });
    expect(entryOf(tree, 'node_modules/thing').source).toBe('remote');
  });

  it('is bundled when a package above it brings others along', async () => {
    const tree = await npmTreeOf({
      'node_modules/npm': { version: '1.0.0', bundleDependencies: ['inner'] },
      'node_modules/npm/node_modules/inner': { version: '1.0.0', inBundle: true },
    });
    expect(entryOf(tree, 'node_modules/npm/node_modules/inner')).toMatchObject({
      source: 'bundled',
      registryName: null,
    });
  });

  it('is not bundled because the lockfile says so', async () => {
    const tree = await npmTree({
      packages: {
        '': { dependencies: { a: '1' }, bundleDependencies: ['a'] },
        'node_modules/a': { version: '1.0.0', inBundle: true },
        'node_modules/a/node_modules/b': { version: '1.0.0', inBundle: true },
      },
    });
    expect(tree.entries.map(({ source }) => source)).toEqual(['registry', 'registry']);
  });

  it('is kept when npm could not install its name', async () => {
    const tree = await npmTreeOf({ 'node_modules/bad name': { version: '1.0.0' } });
    expect(entryOf(tree, 'node_modules/bad name').registryName).toBeNull();
    expect(tree.unchecked).toEqual([
      { id: 'node_modules/bad name', reason: '"bad name" is no name that npm could install' },
    ]);
  });
});

describe('links of a package-lock.json', () => {
  it('to a workspace are one entry with its folder, and the folder asks for things itself', async () => {
    const tree = await npmTree({
      packages: {
        '': { workspaces: ['packages/*'] },
        'node_modules/@s/app': { resolved: 'packages/app', link: true },
        'packages/app': { name: '@s/app', version: '2.0.0', devDependencies: { a: '1' } },
        'packages/app/node_modules/a': { version: '1.0.0' },
      },
    });
    expect(entryOf(tree, 'packages/app')).toMatchObject({
      name: '@s/app',
      version: '2.0.0',
      source: 'workspace',
    });
    expect(idsOf(tree)).toEqual(['packages/app', 'packages/app/node_modules/a']);
    expect(tree.importers).toEqual([
      { id: 'root', path: '.' },
      { id: 'packages/app', path: 'packages/app' },
    ]);
    expect(entryOf(tree, 'packages/app/node_modules/a').direct).toBe(true);
    expect(tree.edges.get('packages/app')).toEqual(['packages/app/node_modules/a']);
    expect(tree.unchecked).toEqual([]);
  });

  it('to a folder that something asks for by its path are links', async () => {
    const tree = await npmTree({
      packages: {
        '': { dependencies: { tool: 'file:vendor/tool', outer: 'file:../outer', gone: 'file:gone' } },
        'node_modules/tool': { resolved: 'vendor/tool', link: true },
        'vendor/tool': { version: '1.0.0', dependencies: { a: '1' } },
        'node_modules/outer': { resolved: '../outer', link: true },
        '../outer': {},
        'node_modules/gone': { resolved: 'gone', link: true },
        'node_modules/a': { version: '1.0.0' },
      },
    });
    expect(tree.importers.map(({ id }) => id)).toEqual(['root']);
    expect(tree.entries.filter(({ source }) => source === 'link').map(({ id }) => id)).toEqual([
      'vendor/tool',
      '../outer',
      'node_modules/gone',
    ]);
    expect(entryOf(tree, 'node_modules/a').direct).toBe(false);
    expect(tree.unchecked).toHaveLength(3);
  });

  it('never hide an installed package', async () => {
    const tree = await npmTree({
      packages: {
        '': { dependencies: { a: '1' } },
        'node_modules/a': { resolved: 'node_modules/invented', link: true },
        'node_modules/invented': { version: '1.0.0' },
      },
    });
    expect(idsOf(tree)).toEqual(['node_modules/a', 'node_modules/invented']);
  });

  it('to a workspace in a folder called root do not make it the root', async () => {
    const tree = await npmTree({
      packages: {
        '': {},
        'node_modules/r': { resolved: 'root', link: true },
        root: { dependencies: { a: '1' } },
      },
    });
    expect(tree.importers.map(({ id }) => id)).toEqual(['root', './root']);
    expect(tree.edges.get('./root')).toEqual(['declared:a']);
    expect(tree.edges.get('root')).toBeUndefined();
  });
});

describe('the dependencies of a package-lock.json', () => {
  it('are found in the nearest node_modules upwards', async () => {
    const tree = await npmTreeOf({
      'node_modules/@s/a': { version: '1.0.0', dependencies: { b: '2', c: '1' } },
      'node_modules/@s/a/node_modules/b': { version: '2.0.0', peerDependencies: { c: '1', '@s/a': '1' } },
      'node_modules/b': { version: '1.0.0' },
      'node_modules/c': { version: '1.0.0', devDependencies: { never: '1' } },
    });
    expect(tree.edges.get('node_modules/@s/a')).toEqual([
      'node_modules/@s/a/node_modules/b',
      'node_modules/c',
    ]);
    expect(tree.edges.get('node_modules/@s/a/node_modules/b')).toEqual([
      'node_modules/c',
      'node_modules/@s/a',
    ]);
    expect(tree.entries).toHaveLength(4);
  });

  it('which are not resolved are entries of their own, one for each real name', async () => {
    const tree = await npmTreeOf({
      'node_modules/a': {
        version: '1.0.0',
        dev: true,
        optionalDependencies: { '@x/native': 'npm:native@^2' },
        peerDependencies: { react: '>=17', kept: '1' },
        peerDependenciesMeta: { react: { optional: true } },
      },
      'node_modules/b': {
        version: '1.0.0',
        optionalDependencies: { native: '^2' },
        peerDependencies: { react: '*' },
      },
    });
    expect(entryOf(tree, 'declared:native')).toMatchObject({
      name: 'native',
      registryName: 'native',
      alias: '@x/native',
      version: null,
      spec: 'npm:native@^2',
      dev: false,
      optional: true,
      peer: false,
      direct: false,
      presence: 'declared',
    });
    expect(entryOf(tree, 'declared:react')).toMatchObject({ spec: '>=17', optional: false, peer: true });
    expect(entryOf(tree, 'declared:kept')).toMatchObject({ dev: true });
    expect(tree.edges.get('node_modules/b')).toEqual(['declared:native', 'declared:react']);
    expect(tree.entries).toHaveLength(5);
  });

  it('are no entries of their own when their real name is installed elsewhere', async () => {
    const tree = await npmTreeOf({
      'node_modules/a': { version: '1.0.0', peerDependencies: { c: '1' } },
      'node_modules/b': { version: '1.0.0' },
      'node_modules/b/node_modules/c': { version: '1.0.0' },
    });
    expect(tree.entries).toHaveLength(3);
  });

  it('are asked for when an alias is in the place of another package', async () => {
    const tree = await npmTree({
      packages: {
        '': { dependencies: { a: 'npm:b@1', c: 'npm:d@1' } },
        'node_modules/a': {},
        'node_modules/c': { name: 'd' },
      },
    });
    expect(idsOf(tree)).toEqual(['declared:b', 'node_modules/a', 'node_modules/c']);
  });

  it('from elsewhere are entries without a registry name', async () => {
    const tree = await npmTree({ packages: { '': { dependencies: { a: 'github:u/a', b: 'odd:b' } } } });
    expect(entryOf(tree, 'declared:git:a')).toMatchObject({
      source: 'git',
      registryName: null,
      direct: true,
    });
    expect(tree.unchecked.map(({ id }) => id).sort()).toEqual(['declared:b', 'declared:git:a']);
  });

  it('are asked for although a folder that nothing links to has their name', async () => {
    const tree = await npmTree({ packages: { '': { dependencies: { invented: '1' } }, invented: {} } });
    expect(entryOf(tree, 'declared:invented').registryName).toBe('invented');
    expect(tree.unchecked.map(({ id }) => id)).toEqual(['invented']);
  });

  it('may be called __proto__ and constructor', async () => {
    const text =
      '{"lockfileVersion":3,"packages":{"":{"dependencies":{"__proto__":"1","constructor":"1"}},"__proto__":{}}}';
    const tree = await npmTree(JSON.parse(text));
    expect(idsOf(tree)).toEqual(['__proto__', 'declared:__proto__', 'declared:constructor']);
    expect(({} as { readonly version?: string }).version).toBeUndefined();
  });
});

describe('a package-lock.json without a root entry', () => {
  const packages = {
    'node_modules/a': { version: '1.0.0', dependencies: { b: '1' } },
    'node_modules/b': { version: '1.0.0' },
    'node_modules/c': { version: '1.0.0', resolved: 'https://host/c.tgz' },
    'node_modules/d': { resolved: 'vendor/d', link: true },
    'vendor/d': {},
  };

  it('has the direct dependencies of the package.json beside it', async () => {
    const tree = await npmTree({ packages }, { dependencies: { b: '1' } });
    expect(tree.entries.filter(({ direct }) => direct).map(({ id }) => id)).toEqual(['node_modules/b']);
  });

  it('has else those that nothing else asks for', async () => {
    const tree = await npmTree({ packages });
    expect(tree.edges.get('root')).toEqual(['node_modules/a', 'node_modules/c', 'vendor/d']);
    expect(entryOf(tree, 'node_modules/c').source).toBe('remote');
    expect(entryOf(tree, 'vendor/d').source).toBe('link');
  });
});

describe('a package-lock.json is refused', () => {
  it.each([
    ['{"lockfileVersion": 5}', 'LOCKFILE_VERSION_UNKNOWN', 'lockfileVersion 5'],
    ['{"lockfileVersion": "3"}', 'LOCKFILE_VERSION_UNKNOWN', 'lockfileVersion "3"'],
    ['{}', 'LOCKFILE_VERSION_UNKNOWN', '(none)'],
    ['null', 'LOCKFILE_UNREADABLE', 'not an object'],
    ['[]', 'LOCKFILE_UNREADABLE', 'not an object'],
    ['{"lockfileVersion": 3}', 'LOCKFILE_UNREADABLE', 'packages is missing'],
    ['{"lockfileVersion": 3, "packages": []}', 'LOCKFILE_UNREADABLE', 'packages is not an object'],
    ['{"lockfileVersion": 3, "packages": {"a": null}}', 'LOCKFILE_UNREADABLE', '"a"'],
    ['{"lockfileVersion": 3, "packages": {"a": 1}}', 'LOCKFILE_UNREADABLE', 'a is not an object'],
    [
      '{"lockfileVersion": 3, "packages": {"a": {"version": 1}}}',
      'LOCKFILE_UNREADABLE',
      'a: version is not a string',
    ],
    ['{"lockfileVersion": 3, "packages": {"a": {"dependencies": []}}}', null, ''],
    [
      '{"lockfileVersion": 3, "packages": {"a": {"dependencies": [1]}}}',
      'LOCKFILE_UNREADABLE',
      'a: dependencies',
    ],
    ['{"lockfileVersion": 3, "packages": {"a": {"dependencies": {"b": {}}}}}', 'LOCKFILE_UNREADABLE', 'a: b'],
    [
      `{"lockfileVersion": 3, "packages": {"${'a/'.repeat(3000)}": {}}}`,
      'LOCKFILE_UNREADABLE',
      '6000 characters',
    ],
  ])('when it reads %s', (text, code, part) => {
    if (code === null) expect(() => parse(text)).not.toThrow();
    else
      expect(() => parse(text)).toThrow(
        expect.objectContaining({ code, message: expect.stringContaining(part) }),
      );
  });

  it('when two packages would have one id', async () => {
    const packages = { '': { dependencies: { a: '1' } }, 'declared:a': {} };
    await expect(npmTree({ packages })).rejects.toMatchObject({ code: 'LOCKFILE_UNREADABLE' });
  });
});

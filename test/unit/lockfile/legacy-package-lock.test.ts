import { describe, expect, it } from 'vitest';
import { entryOf, idsOf, npmTree } from './lockfile-builders.js';

describe('a package-lock.json of version 1', () => {
  it('has the locations that later versions would have', async () => {
    const tree = await npmTree({
      lockfileVersion: 1,
      dependencies: {
        a: {
          version: '1.0.0',
          requires: { b: '^2' },
          dependencies: { b: { version: '2.0.0', bundled: true } },
        },
        b: { version: '1.0.0', dev: true, resolved: false, integrity: 'sha1-x' },
        c: { version: '1.0.0', requires: true, optional: true },
      },
    });
    expect(idsOf(tree)).toEqual([
      'node_modules/a',
      'node_modules/a/node_modules/b',
      'node_modules/b',
      'node_modules/c',
    ]);
    expect(tree.edges.get('node_modules/a')).toEqual(['node_modules/a/node_modules/b']);
    expect(entryOf(tree, 'node_modules/a/node_modules/b').source).toBe('bundled');
    expect(entryOf(tree, 'node_modules/b')).toMatchObject({
      dev: true,
      resolved: null,
      hasInstallScript: null,
    });
    expect(entryOf(tree, 'node_modules/c')).toMatchObject({ optional: true, direct: true });
  });

  it('has aliases, git, tarballs and folders in the place of the version', async () => {
    const tree = await npmTree({
      lockfileVersion: 1,
      dependencies: {
        old: { version: 'npm:@s/real@3.0.0' },
        fromGit: { version: 'git+ssh://git@host/u/r.git#abc', from: 'u/r' },
        fromUrl: { version: 'https://host/x.tgz' },
        fromFile: { version: 'file:x.tgz' },
        folder: {
          version: 'file:./packages/folder',
          requires: { old: '*' },
          dependencies: { inner: { version: '1.0.0' } },
        },
        self: { version: 'file:.' },
      },
    });
    expect(entryOf(tree, 'node_modules/old')).toMatchObject({
      name: '@s/real',
      alias: 'old',
      version: '3.0.0',
    });
    const sources = Object.fromEntries(tree.entries.map(({ name, source }) => [name, source]));
    expect(sources).toEqual({
      '@s/real': 'registry',
      fromGit: 'git',
      fromUrl: 'remote',
      fromFile: 'file',
      folder: 'link',
      self: 'file',
      inner: 'registry',
    });
    expect(idsOf(tree)).toContain('packages/folder/node_modules/inner');
    expect(tree.edges.get('packages/folder')).toEqual(['node_modules/old']);
  });

  it('may be empty', async () => {
    expect((await npmTree({ lockfileVersion: 1 })).entries).toEqual([]);
  });

  it('is refused when it is nested more deeply than a path can be', async () => {
    let dependencies: object = {};
    for (let depth = 0; depth < 2000; depth++) dependencies = { a: { version: '1.0.0', dependencies } };
    await expect(async () => npmTree({ lockfileVersion: 1, dependencies })).rejects.toMatchObject({
      code: 'LOCKFILE_UNREADABLE',
      message: expect.stringContaining('nested too deeply'),
    });
  });
});

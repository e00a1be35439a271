import { describe, expect, it } from 'vitest';
import { entryOf, idsOf, npmTree } from './lockfile-builders.js';

const ROOT = { name: 'p', version: '1.0.0', dependencies: { lodash: '^1.0.0' } };
const URL_OF_A = 'https://registry.example.test/a/-/a-1.0.0.tgz';

describe('a package-lock.json with `packages` and `dependencies`', () => {
  it('of version 1 is judged by `packages` too, which npm 7 reads', async () => {
    const tree = await npmTree({
      lockfileVersion: 1,
      dependencies: { lodash: { version: '1.0.0' } },
      packages: {
        '': ROOT,
        'node_modules/lodash': { version: '1.0.0', dependencies: { 'evil-pkg': '^1.0.0' } },
        'node_modules/evil-pkg': { version: '1.0.0' },
      },
    });
    expect(idsOf(tree)).toEqual(['node_modules/evil-pkg', 'node_modules/lodash']);
    expect(tree.lockfileVersion).toBe('1');
  });

  it.each([2, 3])('of version %i is judged by a package that only `dependencies` has', async (version) => {
    const tree = await npmTree({
      lockfileVersion: version,
      packages: { '': ROOT, 'node_modules/lodash': { version: '1.0.0' } },
      dependencies: {
        lodash: { version: '1.0.0' },
        'evil-pkg': {
          version: '1.0.0',
          requires: { inner: '1', gone: '1' },
          dependencies: { inner: { version: '1.0.0' } },
        },
      },
    });
    expect(entryOf(tree, 'node_modules/evil-pkg')).toMatchObject({
      source: 'registry',
      registryName: 'evil-pkg',
    });
    expect(tree.edges.get('root')).toEqual(['node_modules/lodash', 'node_modules/evil-pkg']);
    expect(tree.edges.get('node_modules/evil-pkg')).toEqual([
      'node_modules/evil-pkg/node_modules/inner',
      'declared:gone',
    ]);
  });

  it.each([
    [{ version: '1.0.0' }, { version: '2.0.0' }],
    [
      { version: '1.0.0', resolved: 'git+ssh://git@host/u/a.git#abc' },
      { version: '1.0.0', resolved: URL_OF_A },
    ],
    [{ version: '1.0.0', resolved: URL_OF_A }, { version: 'git+ssh://git@host/u/a.git#abc' }],
    [{ name: 'b', version: '1.0.0' }, { version: '1.0.0' }],
    [{ resolved: 'packages/a', link: true }, { version: '1.0.0' }],
  ])('keeps both when one has %j and the other %j', async (modern, legacy) => {
    const packages = {
      '': { dependencies: { a: '1' } },
      'node_modules/a': modern,
      'packages/a': { version: '1.0.0' },
    };
    const tree = await npmTree({ lockfileVersion: 2, packages, dependencies: { a: legacy } });
    const added = tree.entries.filter(({ id }) => id.startsWith('node_modules/a')).at(-1);
    expect(added).toMatchObject({ name: 'a', direct: true });
    expect(tree.entries.length).toBe('link' in modern ? 2 : 3);
  });

  it('judges what is bundled in `packages` only', async () => {
    const packages = {
      '': { dependencies: { a: '1' } },
      'node_modules/a': { version: '1.0.0', bundleDependencies: ['b'], dependencies: { b: '1' } },
      'node_modules/a/node_modules/b': { version: '1.0.0', inBundle: true },
    };
    const inner = { b: { version: '1.0.0' } };
    const dependencies = { a: { version: '1.0.0', requires: { b: '1' }, dependencies: inner } };
    const tree = await npmTree({ lockfileVersion: 2, packages, dependencies });
    const own = tree.entries.filter(({ name }) => name === 'b');
    expect(own.map(({ source }) => source)).toEqual(['bundled', 'registry']);
  });

  it('has nothing twice when both say the same', async () => {
    const tree = await npmTree({
      lockfileVersion: 2,
      packages: {
        '': { dependencies: { a: '1', l: 'file:l', g: 'u/g', old: 'npm:b@1' } },
        'node_modules/a': { version: '1.0.0', resolved: URL_OF_A },
        'node_modules/old': { name: 'b', version: '1.0.0' },
        'node_modules/l': { resolved: 'l', link: true },
        l: { version: '1.0.0' },
        'node_modules/g': { version: '1.0.0', resolved: 'git+ssh://git@host/u/g.git#abc' },
      },
      dependencies: {
        a: { version: '1.0.0', resolved: URL_OF_A },
        old: { version: 'npm:b@1.0.0' },
        l: { version: 'file:l' },
        g: { version: 'git+https://host/u/g.git#abc' },
      },
    });
    expect(idsOf(tree)).toEqual(['l', 'node_modules/a', 'node_modules/g', 'node_modules/old']);
  });
});

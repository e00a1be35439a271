import { describe, expect, it } from 'vitest';
import type { ResolvedTree } from '../../../src/model/resolved-tree.js';
import { entryOf, npmTree, pnpmTree } from './lockfile-builders.js';

const treeOf = (name: string, resolved: string): Promise<ResolvedTree> =>
  npmTree({
    packages: {
      '': { dependencies: { [name]: '^1' } },
      [`node_modules/${name}`]: { version: '1.0.0', resolved },
    },
  });

describe('a package of a registry', () => {
  it.each([
    ['a', 'https://r.test/a/-/a-1.0.0.tgz'],
    ['a', 'https://r.test/npm/registry/a/-/a-1.0.0.tgz?x=1'],
    ['@s/n', 'https://r.test/@s/n/-/n-1.0.0.tgz'],
    ['@s/n', 'https://r.test/npm/@s%2fn/-/n-1.0.0.tgz'],
    ['@s/n', 'https://r.test/@s/n/-/@s/n-1.0.0.tgz'],
    ['@s/n', 'https://npm.pkg.github.com/download/@s/n/1.0.0/abc'],
    ['@jsr/s__n', 'https://npm.jsr.io/~/11/@jsr/s__n/1.0.0.tgz'],
  ])('%s has its own tarball at %s', async (name, url) => {
    expect((await treeOf(name, url)).unchecked).toEqual([]);
  });

  it.each([
    ['a', 'https://r.test/evil/-/a-1.0.0.tgz', 'evil'],
    ['a', 'https://r.test/@s/a/-/a-1.0.0.tgz', '@s/a'],
    ['@s/n', 'https://r.test/n/-/n-1.0.0.tgz', 'n'],
  ])('%s has the tarball of another at %s', async (name, url, other) => {
    const tree = await treeOf(name, url);
    const id = `node_modules/${name}`;
    expect(entryOf(tree, id).registryName).toBe(name);
    expect(tree.unchecked).toEqual([]);
    expect(entryOf(tree, `declared:${other}`)).toMatchObject({ registryName: other, direct: true });
    expect(tree.edges.get('root')).toEqual([id, `declared:${other}`]);
  });

  it.each(['https://attacker.invalid/x.tgz', 'https://attacker.invalid/a/x.tgz', 'https://r.test/%/x'])(
    'has what is no tarball of a registry at %s',
    async (url) => {
      const tree = await treeOf('a', url);
      expect(entryOf(tree, 'node_modules/a').registryName).toBe('a');
      expect(tree.unchecked[0]?.reason).toContain('resolved is no tarball of this name');
    },
  );

  it.each([
    ['https://r.test/@s%2fa/download/@s/a-1.0.0.tgz', '@s/a'],
    ['https://r.test/@s/a/-/s-a-1.0.0.tgz', '@s/a'],
    ['https://r.test/a/download/a-1.0.0.tgz', 'a'],
  ])('has its own tarball in the way of another registry: %s', async (url, name) => {
    expect((await treeOf(name, url)).unchecked).toEqual([]);
  });

  it('has the tarball of another, and nothing asks for it', async () => {
    const tree = await pnpmTree(
      "lockfileVersion: '6.0'\npackages:\n  /a@1.0.0:\n    resolution: {tarball: 'https://r.test/evil/-/evil-1.0.0.tgz'}\n",
    );
    expect(tree.edges.get('root')).toEqual(['declared:evil']);
  });
});

describe('a package that is asked for by URL', () => {
  const url = 'https://registry.npmjs.org/zq-widget/-/zq-widget-1.0.1.tgz';

  it('is judged by the name in the URL too, in a lockfile of npm', async () => {
    const tree = await npmTree({
      packages: {
        '': { dependencies: { nice: url } },
        'node_modules/nice': { version: '1.0.1', resolved: url },
      },
    });
    expect(entryOf(tree, 'declared:zq-widget')).toMatchObject({ registryName: 'zq-widget', direct: true });
  });

  it('is judged by the name in the URL too, in a lockfile of pnpm', async () => {
    const tree = await pnpmTree(`lockfileVersion: '9.0'
importers: {.: {dependencies: {nice: {specifier: '${url}', version: '${url}'}}}}
packages: {'nice@${url}': {resolution: {tarball: '${url}'}}}
snapshots: {'nice@${url}': {}}
`);
    expect(entryOf(tree, `nice@${url}`)).toMatchObject({ source: 'remote', registryName: null });
    expect(entryOf(tree, 'declared:zq-widget')).toMatchObject({ registryName: 'zq-widget', direct: true });
  });
});

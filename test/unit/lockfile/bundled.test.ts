import { describe, expect, it } from 'vitest';
import { npmTree, npmTreeOf } from './lockfile-builders.js';

const INNER = 'node_modules/a/node_modules/b';
const sourcesOf = async (tree: ReturnType<typeof npmTree>): Promise<Record<string, string>> =>
  Object.fromEntries((await tree).entries.map(({ id, source }) => [id, source]));

describe('a package marked inBundle', () => {
  it.each([
    ['in the list of the package above', { bundleDependencies: ['b'] }, {}, 'bundled'],
    ['in the list under its other name', { bundledDependencies: ['b'] }, {}, 'bundled'],
    [
      'a dependency of one that bundles all',
      { bundleDependencies: true, dependencies: { b: '1' } },
      {},
      'bundled',
    ],
    ['no dependency of one that bundles all', { bundleDependencies: true }, {}, 'registry'],
    ['not in the list', { bundleDependencies: ['other'], dependencies: { b: '^1' } }, {}, 'registry'],
    [
      'in the list, with a URL of its own',
      { bundleDependencies: ['b'] },
      { resolved: 'https://r.test/b/-/b-1.0.0.tgz' },
      'registry',
    ],
    [
      'in the list, with an integrity of its own',
      { bundleDependencies: ['b'] },
      { integrity: 'sha512-x' },
      'registry',
    ],
  ])('%s', async (_, above, own, source) => {
    const tree = npmTreeOf({
      'node_modules/a': { version: '1.0.0', ...above },
      [INNER]: { version: '1.0.0', inBundle: true, ...own },
    });
    expect((await sourcesOf(tree))[INNER]).toBe(source);
  });

  it('is bundled beside or below one that is in the list, and nowhere else', async () => {
    const flag = { version: '1.0.0', inBundle: true };
    const sources = await sourcesOf(
      npmTreeOf({
        'node_modules/a': { version: '1.0.0', bundleDependencies: ['b'], dependencies: { x: '1' } },
        [INNER]: { ...flag, dependencies: { c: '1', top: '1', b: '1' } },
        [`${INNER}/node_modules/d`]: flag,
        'node_modules/a/node_modules/c': flag,
        'node_modules/a/node_modules/x': flag,
        'node_modules/top': flag,
      }),
    );
    expect(sources).toEqual({
      'node_modules/a': 'registry',
      [INNER]: 'bundled',
      [`${INNER}/node_modules/d`]: 'bundled',
      'node_modules/a/node_modules/c': 'bundled',
      'node_modules/a/node_modules/x': 'registry',
      'node_modules/top': 'registry',
    });
  });

  it('is installed when the root bundles the package that bundles it', async () => {
    const packages = {
      '': { dependencies: { a: '1' }, bundleDependencies: ['a'] },
      'node_modules/a': { version: '1.0.0', bundleDependencies: ['b'] },
      [INNER]: { version: '1.0.0', inBundle: true },
    };
    expect(await sourcesOf(npmTree({ packages }))).toEqual({
      'node_modules/a': 'registry',
      [INNER]: 'registry',
    });
  });

  it('of version 1 has no URL and no integrity, and a package above it', async () => {
    const bundled = { version: '1.0.0', bundled: true };
    const dependencies = {
      b: bundled,
      c: { ...bundled, integrity: 'sha1-x' },
      d: { ...bundled, resolved: 'https://r.test/d/-/d-1.0.0.tgz' },
    };
    const tree = npmTree({
      lockfileVersion: 1,
      dependencies: { a: { version: '1.0.0', dependencies }, top: bundled },
    });
    expect(Object.values(await sourcesOf(tree)).sort()).toEqual([
      'bundled',
      'registry',
      'registry',
      'registry',
      'registry',
    ]);
  });
});

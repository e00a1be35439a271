import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ResolvedTree, type TreeEntry, UNKNOWN_ENTRY } from '../../../src/model/resolved-tree.js';
import { pathsTo } from '../../../src/tree/requested-by.js';

const entry = (id: string, version: string | null = '1.0.0'): TreeEntry => ({
  ...UNKNOWN_ENTRY,
  id,
  name: id,
  version,
  source: 'registry',
});

function treeOf(edges: Readonly<Record<string, readonly string[]>>, importers = ['root']): ResolvedTree {
  const ids = new Set(Object.values(edges).flat());
  return {
    format: 'package-lock',
    path: null,
    lockfileVersion: '3',
    importers: importers.map((id) => ({ id, path: id })),
    entries: [...ids].map((id) => entry(id, id.startsWith('?') ? null : '1.0.0')),
    edges: new Map(Object.entries(edges)),
    unchecked: [],
  };
}

describe('the ways to a package', () => {
  it('are one for each package that asks for it, shortest first', () => {
    const tree = treeOf({ root: ['a', 'b', 'x'], a: ['c', 'x'], c: ['x'], b: [] });
    expect(pathsTo(tree, 'x')).toEqual([
      ['root', 'x@1.0.0'],
      ['root', 'a@1.0.0', 'x@1.0.0'],
      ['root', 'a@1.0.0', 'c@1.0.0', 'x@1.0.0'],
    ]);
  });

  it('are no more than asked for', () => {
    expect(pathsTo(treeOf({ root: ['a', 'x'], a: ['x'] }), 'x', 1)).toEqual([['root', 'x@1.0.0']]);
  });

  it('start at any project of the tree', () => {
    const tree = treeOf({ root: ['apps/web'], 'apps/web': ['lib'], lib: ['x'] }, ['root', 'apps/web']);
    expect(pathsTo(tree, 'x')).toEqual([['apps/web', 'lib@1.0.0', 'x@1.0.0']]);
  });

  it('never go through the package itself', () => {
    const tree = treeOf({ root: ['a'], a: ['b'], b: ['a', 'b'] });
    expect(pathsTo(tree, 'a')).toEqual([['root', 'a@1.0.0']]);
    expect(pathsTo(tree, 'b')).toEqual([['root', 'a@1.0.0', 'b@1.0.0']]);
  });

  it('are none when no project reaches it', () => {
    const tree = treeOf({ root: [], a: ['b'], b: ['a'] });
    expect(pathsTo(tree, 'a')).toEqual([]);
    expect(pathsTo(tree, 'unheard-of')).toEqual([]);
  });

  it('name what has no version, or no entry, by the name alone', () => {
    const tree = { ...treeOf({ root: ['?a'], '?a': ['gone'] }), entries: [entry('?a', null)] };
    expect(pathsTo(tree, 'gone')).toEqual([['root', '?a', 'gone']]);
  });

  it('begin at a project, end at the package and have no package twice, whatever the graph', () => {
    const node = fc.constantFrom('root', ...'abcdefgh');
    const graph = fc.dictionary(node, fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { maxLength: 4 }));
    fc.assert(
      fc.property(graph, fc.constantFrom(...'abcdefgh'), (edges, id) => {
        const paths = pathsTo(treeOf(edges), id);
        expect(paths.map((way) => way.length)).toEqual(paths.map((way) => way.length).sort((x, y) => x - y));
        for (const way of paths) {
          expect(way[0]).toBe('root');
          expect(way.at(-1)).toBe(`${id}@1.0.0`);
          expect(new Set(way).size).toBe(way.length);
        }
      }),
    );
  });

  it('are cut in the middle when they are thousands of steps long, so that reports stay small', () => {
    const ids = Array.from({ length: 20_000 }, (_, index) => `p${index}`);
    const edges = Object.fromEntries(ids.map((id, index) => [id, ids.slice(index + 1, index + 3)]));
    const tree = treeOf({ root: ids.slice(0, 1), ...edges });
    const [way] = pathsTo(tree, 'p19999');
    expect(way?.slice(0, 2)).toEqual(['root', 'p0@1.0.0']);
    expect(way?.[20]).toBe('(9962 more)');
    expect(way?.at(-1)).toBe('p19999@1.0.0');
    expect(way).toHaveLength(41);
  });
});

import { describe, expect, it } from 'vitest';
import { establishedParents } from '../../../src/context/established-parents.js';
import type { ResolvedTree, TreeEntry } from '../../../src/model/resolved-tree.js';
import { entry } from '../../support/subjects.js';

const ESTABLISHED = new Map([
  ['express', 26],
  ['small', 9],
]);

function parentsIn(
  entries: readonly TreeEntry[],
  edges: Readonly<Record<string, readonly string[]>>,
  wanted: readonly string[] = Object.values(edges).flat(),
) {
  const tree: ResolvedTree = {
    format: 'package-lock',
    path: null,
    lockfileVersion: '3',
    importers: [{ id: 'root', path: '.' }],
    entries,
    edges: new Map(Object.entries(edges)),
    unchecked: [],
  };
  const parents = establishedParents(tree, new Set(wanted), (name) => ESTABLISHED.get(name) ?? null);
  return Object.fromEntries([...parents].map(([id, { name }]) => [id, name]));
}

describe('the established parent of an entry', () => {
  it('is the most popular of the packages that ask for it', () => {
    const entries = ['small', 'express', 'unknown'].map((name) => entry({ id: name, name }));
    const edges = { root: ['x'], small: ['x', 'y'], express: ['x'], unknown: ['z'] };
    expect(parentsIn(entries, edges)).toEqual({ x: 'express', y: 'small' });
  });

  it('is looked for only where it is wanted', () => {
    const entries = [entry({ id: 'express', name: 'express' })];
    expect(parentsIn(entries, { express: ['x', 'y'] }, ['y'])).toEqual({ y: 'express' });
    expect(parentsIn(entries, { express: ['x', 'y'] }, [])).toEqual({});
  });

  it('is a package of a registry that the tree installs, not a folder or a wish of that name', () => {
    const entries = [
      entry({ id: 'folder', name: 'express', source: 'link', registryName: null }),
      entry({ id: 'wish', name: 'express', presence: 'declared' }),
    ];
    expect(parentsIn(entries, { folder: ['x'], wish: ['y'] })).toEqual({});
  });
});

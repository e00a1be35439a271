import type { ResolvedTree, TreeEntry, Unchecked } from '../model/resolved-tree.js';

/** Entries that somebody asks for by name, as direct dependencies of a root that is nowhere. */
export function specsTree(entries: readonly TreeEntry[], unchecked: readonly Unchecked[]): ResolvedTree {
  return {
    format: 'specs',
    path: null,
    lockfileVersion: null,
    importers: [{ id: 'root', path: '.' }],
    entries,
    edges: new Map([['root', entries.map(({ id }) => id)]]),
    unchecked,
  };
}

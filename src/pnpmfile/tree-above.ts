import type { ResolvedTree, TreeEntry } from '../model/resolved-tree.js';

/** The part of a tree that leads to `ids`: judging them needs no more of it, however large it is. */
export function treeAbove(
  base: ResolvedTree,
  entries: ReadonlyMap<string, TreeEntry>,
  parents: ReadonlyMap<string, ReadonlySet<string>>,
  ids: ReadonlySet<string>,
): ResolvedTree {
  const above = new Set(ids);
  const edges = new Map<string, string[]>();
  for (const id of above) {
    for (const parent of parents.get(id) ?? []) {
      const others = edges.get(parent);
      if (others === undefined) edges.set(parent, [id]);
      else others.push(id);
      above.add(parent);
    }
  }
  return {
    ...base,
    entries: [...above].flatMap((id) => entries.get(id) ?? []),
    edges,
    unchecked: [],
  };
}

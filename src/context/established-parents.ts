import type { ResolvedTree, TreeEntry } from '../model/resolved-tree.js';
import type { EstablishedName } from '../model/verdict.js';
import { establishedName, type PopularityOf } from './established.js';

/**
 * For each entry that an established package of a registry asks for: the most popular of those that do.
 *
 * @param children the ids of the entries whose parents are wanted
 */
export function establishedParents(
  tree: ResolvedTree,
  children: ReadonlySet<string>,
  popularityOf: PopularityOf,
): ReadonlyMap<string, EstablishedName> {
  const parents = new Map<string, EstablishedName>();
  if (children.size === 0) return parents;
  for (const entry of tree.entries) {
    const wanted = childrenOf(entry, tree).filter((id) => children.has(id));
    const parent = wanted.length === 0 ? null : establishedName(entry.name, popularityOf);
    if (parent === null) continue;
    for (const id of wanted) {
      if (parent.popularity > (parents.get(id)?.popularity ?? -1)) parents.set(id, parent);
    }
  }
  return parents;
}

const NONE: readonly string[] = [];

/** What an entry asks for that a registry may know and the tree installs. */
function childrenOf({ id, registryName, presence }: TreeEntry, { edges }: ResolvedTree): readonly string[] {
  return registryName === null || presence === 'declared' ? NONE : (edges.get(id) ?? NONE);
}

import type { ResolvedTree } from '../model/resolved-tree.js';
import type { EstablishedName } from '../model/verdict.js';
import { establishedName, type PopularityOf } from './established.js';

/** For each entry id that an established package of a registry asks for: the most popular of those that do. */
export function establishedParents(
  tree: ResolvedTree,
  popularityOf: PopularityOf,
): ReadonlyMap<string, EstablishedName> {
  const parents = new Map<string, EstablishedName>();
  for (const entry of tree.entries) {
    const to = entry.registryName === null ? undefined : tree.edges.get(entry.id);
    if (to === undefined || entry.presence === 'declared') continue;
    const parent = establishedName(entry.name, popularityOf);
    if (parent === null) continue;
    for (const id of to) {
      if (parent.popularity > (parents.get(id)?.popularity ?? -1)) parents.set(id, parent);
    }
  }
  return parents;
}

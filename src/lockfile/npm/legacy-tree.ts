import type { TreeEntry } from '../../model/resolved-tree.js';
import type { DraftTree } from '../draft-tree.js';
import { isRegistryTarball } from '../tarball-url.js';
import type { NpmPackage, NpmPackages } from './npm-package.js';

/** The parts of a tree that one section of the lockfile tells. */
export type SectionTree = Pick<DraftTree, 'entries' | 'edges' | 'open'>;

/**
 * Joins what only the section `dependencies` has, which npm 6 reads, to the tree of `packages`, which later ones read.
 * A file as npm writes it says the same in both.
 *
 * @param root the id of the root, under which everything that nothing asks for is put
 */
export function joinLegacy(
  tree: SectionTree,
  packages: NpmPackages,
  legacy: SectionTree,
  legacyPackages: NpmPackages,
  root: string,
): SectionTree {
  const taken = new Set(tree.entries.map(({ id }) => id));
  const ids = new Map<string, string>();
  const added: TreeEntry[] = [];
  for (const entry of legacy.entries) {
    const one = legacyPackages.get(entry.id);
    if (one !== undefined && isSame(one, packages.get(one.location))) continue;
    const id = taken.has(entry.id) ? `${entry.id}#dependencies` : entry.id;
    ids.set(entry.id, id);
    added.push({ ...entry, id });
  }
  if (added.length === 0) return tree;
  return {
    entries: [...tree.entries, ...added],
    edges: joinEdges(tree.edges, legacy.edges, ids, root),
    open: [...tree.open, ...renameOpen(legacy, ids)],
  };
}

function renameOpen({ open }: SectionTree, ids: ReadonlyMap<string, string>): DraftTree['open'] {
  return open.flatMap((request) => {
    const from = ids.get(request.from);
    return from === undefined ? [] : [{ ...request, from }];
  });
}

function joinEdges(
  edges: ReadonlyMap<string, readonly string[]>,
  legacy: ReadonlyMap<string, readonly string[]>,
  ids: ReadonlyMap<string, string>,
  root: string,
): ReadonlyMap<string, readonly string[]> {
  const all = new Map(edges);
  const add = (from: string, to: readonly string[]): void => {
    all.set(from, [...new Set([...(all.get(from) ?? []), ...to])]);
  };
  const asked = new Set<string>();
  for (const [from, to] of legacy) {
    const own = ids.get(from);
    const targets = own === undefined ? to.filter((id) => ids.has(id)) : to;
    for (const id of targets) if (id !== from) asked.add(id);
    if (targets.length > 0)
      add(
        own ?? from,
        targets.map((id) => ids.get(id) ?? id),
      );
  }
  const lost = [...ids].filter(([id]) => !asked.has(id)).map(([, id]) => id);
  if (lost.length > 0) add(root, lost);
  return all;
}

/** Whether both sections would have npm install the same bytes at a location. */
function isSame(legacy: NpmPackage, modern: NpmPackage | undefined): boolean {
  if (modern === undefined) return false;
  if (legacy.parent === null) return true;
  if ((legacy.name ?? legacy.key) !== (modern.name ?? modern.key)) return false;
  if (legacy.link !== modern.link || (modern.inBundle && !legacy.inBundle)) return false;
  if (legacy.resolved === modern.resolved)
    return legacy.version === null || legacy.version === modern.version;
  return legacy.version === null && modern.resolved !== null && !isRegistryTarball(modern.resolved);
}

import type { TreeEntry } from '../model/resolved-tree.js';

/**
 * The ids of the entries that have no equal among the earlier ones, wherever in the tree these were. A fact that only
 * one of the two lockfiles states is a change.
 */
export function changedEntries(
  entries: readonly TreeEntry[],
  earlier: readonly TreeEntry[],
): ReadonlySet<string> {
  const known = new Set(earlier.map(fingerprint));
  return new Set(entries.filter((entry) => !known.has(fingerprint(entry))).map(({ id }) => id));
}

/** What decides which bytes are installed, and under which name. */
function fingerprint(entry: TreeEntry): string {
  const { name, alias, version, source, askedFrom, resolved, integrity, presence, spec } = entry;
  const asked = presence === 'declared' ? spec : null;
  // What a registry has is judged alike, however it was asked for.
  const from = source === 'registry' ? null : askedFrom;
  return JSON.stringify([name, alias, version, source, from, resolved, integrity, presence, asked]);
}

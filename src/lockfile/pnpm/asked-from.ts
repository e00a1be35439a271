import type { TreeEntry } from '../../model/resolved-tree.js';
import { askedSource, type Catalogs } from '../parse-spec.js';
import type { PnpmDependency } from './pnpm-document.js';
import type { PnpmLink } from './pnpm-graph.js';

export type AskedFrom = TreeEntry['askedFrom'];

/**
 * What two importers say together. pnpm resolves each line for itself, so whoever asks a registry has to get what a
 * registry has: one such line decides.
 */
export function joinAsked(one: AskedFrom | undefined, other: AskedFrom | undefined): AskedFrom {
  if (one === 'registry' || other === 'registry') return 'registry';
  return one ?? other ?? null;
}

/** What a dependency line names as the source; `null` where the lockfile does not hold the line. */
export function askedBy({ key, spec }: PnpmDependency, catalogs: Catalogs): AskedFrom {
  return spec === null ? null : askedSource(key, spec, catalogs);
}

/** What importers say of each id that they ask for. */
export function askedByImporters(links: readonly PnpmLink[]): ReadonlyMap<string, AskedFrom> {
  const asked = new Map<string, AskedFrom>();
  for (const link of links) if (link.direct) asked.set(link.to, joinAsked(asked.get(link.to), link.asked));
  return asked;
}

import { findEntry } from './find-entry.js';
import type { IndexEntry } from './index-line.js';
import type { OpenCache } from './load-cacache.js';
import { isSeal, sealOf } from './seal.js';

/** What of an index entry is believed: which content belongs to which key, and when and as what it was fetched. */
type Claim = Pick<IndexEntry, 'key' | 'integrity'> & { readonly metadata: object };

const PURPOSE = 'entry';

/** The metadata under which an entry is stored. The digest of the content is under the seal, so the content is too. */
export function sealedMetadata(key: Buffer, claim: Claim): object {
  return { ...claim.metadata, seal: sealOf(key, PURPOSE, textOf(claim)) };
}

/** Whether the entry was written by a holder of the key, for this place, as it stands. */
export function isSealed(key: Buffer, { metadata, ...entry }: IndexEntry): boolean {
  if (typeof metadata !== 'object' || metadata === null) return false;
  const { seal, ...claimed } = metadata as Record<string, unknown>;
  return isSeal(seal, key, PURPOSE, textOf({ ...entry, metadata: claimed }));
}

/**
 * The newest entry of a key; `null` where there is none, or it is not sealed with the cache's key.
 *
 * @throws errors of the file system other than that nothing is there
 */
export function findSealedEntry(cache: OpenCache, key: string): IndexEntry | null {
  const entry = findEntry(cache.storeDir, key);
  if (entry === null || isSealed(cache.key, entry)) return entry;
  cache.onForged();
  return null;
}

function textOf({ key, integrity, metadata }: Claim): string {
  return JSON.stringify([key, integrity, metadata]);
}

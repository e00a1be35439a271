import type { EpochMs } from '../model/facts.js';
import type { PackageName } from '../model/package-name.js';
import { decodeRecord, MAX_RECORD_BYTES } from './fact-record.js';
import { type FactSpace, recordKey } from './fact-space.js';
import { isFromFuture } from './freshness.js';
import type { OpenCache } from './load-cacache.js';
import { readContent } from './read-content.js';
import { readFetchStamp, type StoredFact } from './stored-fact.js';

/**
 * The record of one name, when it is newer than `knownAtMs` and not from the future; else `null`. The content is read
 * only where the index entry, half the cost, does not settle it.
 */
export async function readRecord(
  cache: OpenCache,
  space: FactSpace,
  name: PackageName,
  limits: { readonly knownAtMs: EpochMs; readonly nowMs: EpochMs },
): Promise<StoredFact | null> {
  const entry = await cache.cacache.get.info(cache.storeDir, recordKey(space, name));
  const stamp = readFetchStamp(entry?.metadata);
  if (entry === null || stamp === null) return null;
  if (stamp.fetchedAtMs <= limits.knownAtMs || isFromFuture(stamp.fetchedAtMs, limits.nowMs)) return null;
  const content = await readContent(cache, entry, MAX_RECORD_BYTES);
  return content === null ? null : decodeRecord(content, space, name, stamp);
}

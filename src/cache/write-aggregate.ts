import type { EpochMs } from '../model/facts.js';
import type { PackageName } from '../model/package-name.js';
import { eachLimited } from './each-limited.js';
import { aggregateKey, type FactSpace, recordKey } from './fact-space.js';
import { encodeTable, type FactTable, toRow } from './fact-table.js';
import { isCount } from './field-checks.js';
import type { OpenCache } from './load-cacache.js';
import { mergeAggregate } from './merge-aggregate.js';
import { putSealed } from './put-sealed.js';
import { readAggregate, type StoredAggregate } from './read-aggregate.js';
import { removeEntry } from './remove-entry.js';
import type { StoredFact } from './stored-fact.js';

/** Every so many writes the index file, to which cacache only appends, is cut back to its newest entry. */
const WRITES_PER_COMPACTION = 32;

const REMOVE_CONCURRENCY = 4;

/**
 * Merges `changes` into the aggregated record of a space: read again, merge by newest fetch time, put. Another process
 * may do the same at the same time; what is lost then comes back out of the records of the names.
 */
export async function writeAggregate(
  cache: OpenCache,
  space: FactSpace,
  changes: ReadonlyMap<PackageName, StoredFact>,
  nowMs: EpochMs,
): Promise<void> {
  const { storeDir } = cache;
  const { rm, index } = await cache.writing();
  const key = aggregateKey(space);
  const { aggregate: stored, entry } = await readOrNothing(cache, space);
  const { aggregate, dropped } = mergeAggregate(stored, toRows(changes), nowMs);
  const writes = writesOf(entry?.metadata) + 1;
  const metadata = { writes, names: aggregate.size };
  const integrity = await putSealed(cache, key, encodeTable(space, aggregate), metadata);
  if (entry !== null && entry.integrity !== integrity) {
    await rm.content(storeDir, entry.integrity);
  }
  if (writes % WRITES_PER_COMPACTION === 0) {
    await index.compact(storeDir, key, (a, b) => a.key === b.key);
  }
  const removeOne = (name: string): Promise<void> =>
    removeEntry(cache, recordKey(space, name as PackageName));
  await eachLimited(dropped, REMOVE_CONCURRENCY, removeOne);
}

/** What cannot be read is written anew; the records of the names bring it back. */
async function readOrNothing(cache: OpenCache, space: FactSpace): Promise<StoredAggregate> {
  try {
    return await readAggregate(cache, space);
  } catch {
    return { aggregate: new Map(), entry: null };
  }
}

function toRows(changes: ReadonlyMap<PackageName, StoredFact>): FactTable {
  return new Map(Array.from(changes, ([name, fact]) => [name, toRow(fact)]));
}

function writesOf(metadata: unknown): number {
  if (typeof metadata !== 'object' || metadata === null) return 0;
  const { writes } = metadata as Record<string, unknown>;
  return isCount(writes) ? writes : 0;
}

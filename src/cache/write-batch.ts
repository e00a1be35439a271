import type { PackageName } from '../model/package-name.js';
import { eachLimited } from './each-limited.js';
import { type FactSpace, recordKey } from './fact-space.js';
import { encodeTable, toRow } from './fact-table.js';
import type { OpenCache } from './load-cacache.js';
import { insertSealed, putSealed } from './put-sealed.js';
import type { StoredFact } from './stored-fact.js';

/** Names whose facts share a piece of content: some 16 kB, which one name's reader can well afford. */
export const BATCH_SIZE = 64;

/** Four was fastest from one to sixteen: an insertion is bound by the processor. */
const INSERT_CONCURRENCY = 4;

/**
 * Stores the records of some names: their facts as one content, and for each name an index entry with its fetch time
 * and ETag that points there. A content of its own for each name costs four times as much time and twice the disk.
 */
export async function writeBatch(
  cache: OpenCache,
  space: FactSpace,
  batch: readonly (readonly [PackageName, StoredFact])[],
): Promise<void> {
  const [first, ...others] = batch;
  if (first === undefined) return;
  const content = encodeTable(space, new Map(batch.map(([name, fact]) => [name, toRow(fact)])));
  const integrity = await putSealed(cache, recordKey(space, first[0]), content, stampOf(first[1]));
  const size = content.length;
  await eachLimited(others, INSERT_CONCURRENCY, async ([name, fact]) => {
    await insertSealed(cache, { key: recordKey(space, name), integrity, size }, stampOf(fact));
  });
}

function stampOf({ fetchedAtMs, etag }: StoredFact): Pick<StoredFact, 'fetchedAtMs' | 'etag'> {
  return { fetchedAtMs, etag };
}

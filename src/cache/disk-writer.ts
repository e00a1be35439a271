import type { EpochMs } from '../model/facts.js';
import type { PackageName } from '../model/package-name.js';
import { type Facts, FEW_NAMES } from './disk-reader.js';
import type { FactSpace } from './fact-space.js';
import type { OpenCache } from './load-cacache.js';
import type { StoredFact } from './stored-fact.js';
import { writeAggregate } from './write-aggregate.js';
import { BATCH_SIZE, writeBatch } from './write-batch.js';

/**
 * Writes the names' own records and then the aggregated one, so that whatever stops the process or overwrites the
 * aggregated record in between loses nothing. A few changes stay out of the aggregated record: the next large lookup
 * takes them in. Rejects with the first error that a second attempt does not get past.
 */
export async function writeFacts(
  cache: OpenCache,
  space: FactSpace,
  changes: ReadonlyMap<PackageName, StoredFact>,
  nowMs: EpochMs,
): Promise<void> {
  const rest = [...changes];
  while (rest.length > 0) {
    const batch = rest.splice(0, BATCH_SIZE);
    await twice(() => writeBatch(cache, space, batch));
  }
  if (changes.size > FEW_NAMES) await twice(() => writeAggregate(cache, space, changes, nowMs));
}

/** Takes what was read out of the names' own records into the aggregated one. */
export async function healAggregate(
  cache: OpenCache,
  space: FactSpace,
  healed: Facts,
  nowMs: EpochMs,
): Promise<void> {
  await twice(() => writeAggregate(cache, space, healed, nowMs));
}

/** A `cache clear` of another process can pull the directory away under a write once. */
async function twice(write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch {
    await write();
  }
}

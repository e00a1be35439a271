import type { EpochMs } from '../model/facts.js';
import type { PackageName } from '../model/package-name.js';
import { eachLimited } from './each-limited.js';
import { errorCode } from './error-code.js';
import type { FactSpace } from './fact-space.js';
import type { LoadOptions } from './fact-store.js';
import { fromRow } from './fact-table.js';
import { isFromFuture } from './freshness.js';
import type { OpenCache } from './load-cacache.js';
import { DISK_FAULTS } from './open-store.js';
import { readAggregate } from './read-aggregate.js';
import { createRecordReader } from './read-record.js';
import type { StoredFact } from './stored-fact.js';

/**
 * Lookups of up to this many names read the names' own records, some 0.4 ms each, and leave the aggregated record
 * alone, which takes several milliseconds in a large cache.
 */
export const FEW_NAMES = 8;

/** More does not pay: a read is bound by the processor, and libuv has four threads. */
const READ_CONCURRENCY = 4;

export type Facts = Map<PackageName, StoredFact>;

export type Loaded = {
  readonly facts: Facts;
  /** What the names' own records knew better than the aggregated one, which another process overwrote. */
  readonly healed: Facts;
};

/** Reads facts for `names`; `onFault` hears of disk faults, everything else that goes wrong is a miss. */
export async function readFacts(
  cache: OpenCache,
  space: FactSpace,
  names: readonly PackageName[],
  options: LoadOptions & { readonly onFault: (code: string) => void },
): Promise<Loaded> {
  const orMiss = async <T>(reading: Promise<T>): Promise<T | null> => {
    try {
      return await reading;
    } catch (error) {
      if (DISK_FAULTS.has(errorCode(error))) options.onFault(errorCode(error));
      return null;
    }
  };
  const isLarge = names.length > FEW_NAMES;
  const picked = isLarge ? await orMiss(pickFromAggregate(cache, space, names, options.nowMs)) : null;
  const facts: Facts = picked ?? new Map();
  const healed: Facts = new Map();
  const wanting = names.filter((name) => {
    const fact = facts.get(name);
    return fact === undefined || !options.accepts(fact);
  });
  const readRecord = createRecordReader(cache, space);
  await eachLimited(wanting, READ_CONCURRENCY, async (name) => {
    const limits = {
      knownAtMs: facts.get(name)?.fetchedAtMs ?? Number.NEGATIVE_INFINITY,
      nowMs: options.nowMs,
    };
    const fact = await orMiss(readRecord(name, limits));
    if (fact === null) return;
    facts.set(name, fact);
    if (isLarge) healed.set(name, fact);
  });
  return { facts, healed };
}

async function pickFromAggregate(
  cache: OpenCache,
  space: FactSpace,
  names: readonly PackageName[],
  nowMs: EpochMs,
): Promise<Facts> {
  const { aggregate } = await readAggregate(cache, space);
  const facts: Facts = new Map();
  for (const name of names) {
    const row = aggregate.get(name);
    const fact = row === undefined || isFromFuture(row.fetchedAtMs, nowMs) ? null : fromRow(row);
    if (fact !== null) facts.set(name, fact);
  }
  return facts;
}

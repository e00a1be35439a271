import type { EpochMs } from '../model/facts.js';
import type { PackageName } from '../model/package-name.js';
import { type FactSpace, recordKey } from './fact-space.js';
import { decodeTable, type FactTable, fromRow, MAX_TABLE_BYTES } from './fact-table.js';
import { isFromFuture } from './freshness.js';
import type { OpenCache } from './load-cacache.js';
import { readContent } from './read-content.js';
import { findSealedEntry } from './sealed-entry.js';
import { readFetchStamp, type StoredFact } from './stored-fact.js';

/** Reads records of one space during one load. */
export type RecordReader = (name: PackageName, limits: RecordLimits) => Promise<StoredFact | null>;

export type RecordLimits = { readonly knownAtMs: EpochMs; readonly nowMs: EpochMs };

/**
 * A reader that gives the record of a name when it is newer than `knownAtMs` and not from the future; else `null`. The
 * index entry alone settles most of that. A batch is read once for all of its names.
 */
export function createRecordReader(cache: OpenCache, space: FactSpace): RecordReader {
  const batches = new Map<string, Promise<FactTable | null>>();
  return async (name, { knownAtMs, nowMs }) => {
    const entry = findSealedEntry(cache, recordKey(space, name));
    const stamp = readFetchStamp(entry?.metadata);
    if (entry === null || stamp === null) return null;
    if (stamp.fetchedAtMs <= knownAtMs || isFromFuture(stamp.fetchedAtMs, nowMs)) return null;
    const batch = batches.get(entry.integrity) ?? readBatch(cache, space, entry.integrity);
    batches.set(entry.integrity, batch);
    const row = (await batch)?.get(name);
    return row?.fetchedAtMs === stamp.fetchedAtMs ? fromRow(row) : null;
  };
}

async function readBatch(cache: OpenCache, space: FactSpace, integrity: string): Promise<FactTable | null> {
  const text = await readContent(cache, { integrity }, MAX_TABLE_BYTES);
  return text === null ? null : decodeTable(text, space);
}

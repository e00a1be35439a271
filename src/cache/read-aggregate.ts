import { aggregateKey, type FactSpace } from './fact-space.js';
import { decodeTable, type FactTable, MAX_TABLE_BYTES } from './fact-table.js';
import type { IndexEntry } from './index-line.js';
import type { OpenCache } from './load-cacache.js';
import { readContent } from './read-content.js';
import { findSealedEntry } from './sealed-entry.js';

/** How often a reader comes again whose content a writer removed between its two reads. */
const ATTEMPTS = 3;

export type StoredAggregate = { readonly aggregate: FactTable; readonly entry: IndexEntry | null };

const NOTHING: FactTable = new Map();

/** The aggregated record of a space; empty when there is none that can be read. */
export async function readAggregate(cache: OpenCache, space: FactSpace): Promise<StoredAggregate> {
  let entry: IndexEntry | null = null;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    entry = findSealedEntry(cache, aggregateKey(space));
    if (entry === null) break;
    const text = await readContent(cache, entry, MAX_TABLE_BYTES);
    if (text !== null) return { aggregate: decodeTable(text, space) ?? NOTHING, entry };
  }
  return { aggregate: NOTHING, entry };
}

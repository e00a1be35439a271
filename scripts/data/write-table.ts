import { ENTRY_HEAD, NO_OWNER, OWNED } from '../../src/names/data/string-table.js';
import { mix, reduce } from '../../src/names/hash.js';
import type { Encoder } from './encoder.js';

export interface TableEntry {
  readonly text: string;
  /** Text stored behind `text`, never across a symbol's border. */
  readonly rest: string;
  readonly hash: number;
  readonly tag: number;
  readonly owner: number;
}

export interface WrittenTable {
  readonly offsets: Uint8Array;
  readonly bytes: Uint8Array;
  /** Bucket and position of each entry by its text. */
  readonly places: ReadonlyMap<string, { readonly bucket: number; readonly position: number }>;
}

/** Lays the entries out as `StringTable` reads them; order within a bucket is that of `entries`. */
export function writeTable(entries: readonly TableEntry[], buckets: number, encoder: Encoder): WrittenTable {
  const grouped: TableEntry[][] = Array.from({ length: buckets }, () => []);
  for (const entry of entries) grouped[reduce(mix(entry.hash), buckets)]?.push(entry);
  const offsets = new Uint8Array((buckets + 1) * 3);
  const bytes: number[] = [];
  const places = new Map<string, { bucket: number; position: number }>();
  grouped.forEach((group, bucket) => {
    offsets.set([bytes.length & 0xff, (bytes.length >> 8) & 0xff, bytes.length >> 16], bucket * 3);
    group.forEach((entry, position) => {
      places.set(entry.text, { bucket, position });
      for (const byte of encodeEntry(entry, encoder)) bytes.push(byte);
    });
  });
  offsets.set([bytes.length & 0xff, (bytes.length >> 8) & 0xff, bytes.length >> 16], buckets * 3);
  return { offsets, bytes: Uint8Array.from(bytes), places };
}

function encodeEntry(entry: TableEntry, encoder: Encoder): number[] {
  const owner = entry.owner === NO_OWNER ? [] : [entry.owner & 0xff, entry.owner >>> 8];
  const key = [...owner, ...encoder.encode(entry.text), ...encoder.encode(entry.rest)];
  if (key.length > 0xff) throw new Error(`Coded text too long: ${entry.text}`);
  const tag = entry.owner === NO_OWNER ? entry.tag : entry.tag | OWNED;
  const head = [key.length, tag];
  if (head.length !== ENTRY_HEAD || tag > 0xff) throw new Error(`Tag out of range: ${entry.text}`);
  return [...head, ...key];
}

import { createHash } from 'node:crypto';
import { lstatSync, readFileSync } from 'node:fs';
import { listFiles } from './list-files.js';
import { parseJson } from './parse-json.js';

/** An index entry as cacache writes it; a deletion has no integrity. */
export type IndexEntry = { readonly key: string; readonly integrity: string; readonly metadata: unknown };

/** One file of cacache's index. */
export type Bucket = {
  readonly path: string;
  /** What the file's place in the index says: the SHA-256 of the key that belongs there. */
  readonly keyHash: string;
  /** The newest entry of each key, deletions left out. */
  readonly entries: readonly IndexEntry[];
  /** Lines whose checksum fails or that hold no entry; cacache skips them without a word. */
  readonly brokenLines: number;
  /** No regular file that can be read. */
  readonly isUnreadable: boolean;
};

/** Largest index file that is read, in bytes; one of ours has a few entries of some 400 bytes. */
const MAX_BUCKET_BYTES = 1024 * 1024;

/** The folder of cacache's index; its files lie four levels deep. */
const INDEX = { matching: /^index-v\d+$/, depth: 4 };

/**
 * Every file of the index, `index-v5/ab/cd/…`. cacache's own listing leaves out what is broken, and that is what
 * `verify` is for. Links are not followed.
 */
export function* walkIndex(storeDir: string): Generator<Bucket> {
  for (const { path, segments } of listFiles(storeDir, INDEX)) {
    yield readBucket(path, segments.slice(1).join(''));
  }
}

/** The SHA-256 under which cacache files a key. */
export function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

function readBucket(path: string, keyHash: string): Bucket {
  const text = readSmallFile(path);
  if (text === null) return { path, keyHash, entries: [], brokenLines: 0, isUnreadable: true };
  const newest = new Map<string, IndexEntry | null>();
  let brokenLines = 0;
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const entry = parseLine(line);
    if (entry === null) brokenLines++;
    else newest.set(entry.key, entry.integrity === null ? null : { ...entry, integrity: entry.integrity });
  }
  const entries = [...newest.values()].filter((entry) => entry !== null);
  return { path, keyHash, entries, brokenLines, isUnreadable: false };
}

/** A line of the index is the SHA-1 of a JSON text, a tab, and the JSON text. */
function parseLine(line: string): { key: string; integrity: string | null; metadata: unknown } | null {
  const [checksum, json] = line.split('\t');
  if (json === undefined || createHash('sha1').update(json).digest('hex') !== checksum) return null;
  const entry = parseJson(json);
  if (typeof entry !== 'object' || entry === null) return null;
  const { key, integrity, metadata } = entry as Record<string, unknown>;
  if (typeof key !== 'string') return null;
  return { key, integrity: typeof integrity === 'string' ? integrity : null, metadata };
}

function readSmallFile(path: string): string | null {
  try {
    const status = lstatSync(path);
    return status.isFile() && status.size <= MAX_BUCKET_BYTES ? readFileSync(path, 'utf8') : null;
  } catch {
    return null;
  }
}

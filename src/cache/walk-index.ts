import { lstatSync, readFileSync } from 'node:fs';
import { type IndexEntry, MAX_BUCKET_BYTES, parseIndexLine } from './index-line.js';
import { listFiles } from './list-files.js';

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

function readBucket(path: string, keyHash: string): Bucket {
  const text = readSmallFile(path);
  if (text === null) return { path, keyHash, entries: [], brokenLines: 0, isUnreadable: true };
  const newest = new Map<string, IndexEntry | null>();
  let brokenLines = 0;
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const entry = parseIndexLine(line);
    if (entry === null) brokenLines++;
    else newest.set(entry.key, entry.integrity === null ? null : { ...entry, integrity: entry.integrity });
  }
  const entries = [...newest.values()].filter((entry) => entry !== null);
  return { path, keyHash, entries, brokenLines, isUnreadable: false };
}

function readSmallFile(path: string): string | null {
  try {
    const status = lstatSync(path);
    return status.isFile() && status.size <= MAX_BUCKET_BYTES ? readFileSync(path, 'utf8') : null;
  } catch {
    return null;
  }
}

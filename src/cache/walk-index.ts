import { createHash } from 'node:crypto';
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseJson } from './fact-record.js';
import { entriesOf } from './sweep-temporaries.js';

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

/**
 * Every file of the index, `index-v5/ab/cd/…`. cacache's own listing leaves out what is broken, and that is what
 * `verify` is for. Links are not followed.
 */
export async function* walkIndex(storeDir: string): AsyncGenerator<Bucket> {
  for await (const { path, segments } of walkFiles(storeDir, /^index-v\d+$/)) {
    yield await readBucket(path, segments.slice(1).join(''));
  }
}

export type WalkedFile = {
  readonly path: string;
  readonly segments: readonly string[];
  readonly isLink: boolean;
};

/** Every file in the folders of `storeDir` that match; `segments` is its path below `storeDir`. Links are not followed. */
export async function* walkFiles(storeDir: string, folders: RegExp): AsyncGenerator<WalkedFile> {
  for (const { name } of await entriesOf(storeDir)) {
    if (folders.test(name)) yield* walkFolder(join(storeDir, name), [name]);
  }
}

/** The SHA-256 under which cacache files a key. */
export function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

async function* walkFolder(folder: string, segments: readonly string[]): AsyncGenerator<WalkedFile> {
  for (const entry of await entriesOf(folder)) {
    const path = join(folder, entry.name);
    const below = [...segments, entry.name];
    if (entry.isDirectory()) yield* walkFolder(path, below);
    else yield { path, segments: below, isLink: !entry.isFile() };
  }
}

async function readBucket(path: string, keyHash: string): Promise<Bucket> {
  const text = await readSmallFile(path);
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

async function readSmallFile(path: string): Promise<string | null> {
  try {
    const status = await lstat(path);
    return status.isFile() && status.size <= MAX_BUCKET_BYTES ? await readFile(path, 'utf8') : null;
  } catch {
    return null;
  }
}

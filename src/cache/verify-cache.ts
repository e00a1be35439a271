import { rm } from 'node:fs/promises';
import type { EpochMs } from '../model/facts.js';
import type { CacheKey } from './cache-key.js';
import {
  type CheckedContent,
  type CorruptionKind,
  checkContent,
  checkEntry,
  type EntryState,
} from './check-entry.js';
import { checkFeed } from './check-feed.js';
import { parseKey } from './fact-space.js';
import { parseFeedKey } from './feed-key.js';
import { findEntry } from './find-entry.js';
import { hashKey, type IndexEntry } from './index-line.js';
import { type OpenCache, openCache } from './load-cacache.js';
import { removeOrphans } from './remove-orphans.js';
import { requireKey, requireStoreDir } from './require-store.js';
import { isSealed } from './sealed-entry.js';
import { succeeds } from './succeeds.js';
import { sweepTemporaries } from './sweep-temporaries.js';
import { verifyKept } from './verify-kept.js';
import { type Bucket, walkIndex } from './walk-index.js';

export type CorruptEntry = {
  /** The key, which ends in the package name; `null` where it cannot be read. Not sanitised. */
  readonly key: string | null;
  /** The index file, or the kept file. */
  readonly file: string;
  readonly problem: CorruptionKind;
  /** False when it could not be removed, as on a read-only disk. */
  readonly removed: boolean;
};

export type CacheVerification = {
  readonly dir: string;
  /** Entries that were read and decoded. */
  readonly checked: number;
  readonly corrupt: readonly CorruptEntry[];
  /** Sound entries that were removed since they are too old to be served. */
  readonly expired: number;
  /** Content that no entry points to, and files of writers that were killed; removed. */
  readonly leftovers: number;
};

/**
 * Reads every entry, checks seal, integrity and format, and removes what is forged, broken, expired or left over. Another
 * process may use the cache meanwhile. Throws `CACHE_UNUSABLE` when the directory or the key may not be used.
 */
export async function verifyCache(
  dir: string,
  nowMs: EpochMs,
  cacheKey: CacheKey,
): Promise<CacheVerification> {
  const storeDir = requireStoreDir(dir);
  if (storeDir === null) return { dir, checked: 0, corrupt: [], expired: 0, leftovers: 0 };
  const cache: OpenCache = openCache(storeDir, requireKey(cacheKey));
  const stateOf = createEntryChecker(cache, nowMs);
  const kept = await verifyKept(cache);
  const corrupt: CorruptEntry[] = [...kept.corrupt];
  const live = new Set<string>();
  let checked = kept.checked;
  let expired = 0;
  for (const bucket of walkIndex(storeDir)) {
    if (bucket.isUnreadable || bucket.brokenLines > 0) corrupt.push(await repairBucket(cache, bucket));
    for (const entry of bucket.entries) {
      checked++;
      const { kind, integrity } = await settle(cache, bucket, entry, stateOf);
      if (kind === 'sound') {
        live.add(integrity);
        continue;
      }
      const removed = await succeeds(rm(bucket.path, { force: true }));
      if (kind === 'expired') expired++;
      else corrupt.push({ key: entry.key, file: bucket.path, problem: kind, removed });
    }
  }
  const leftovers = (await removeOrphans(storeDir, live, nowMs)) + (await sweepTemporaries(storeDir, nowMs));
  return { dir, checked, corrupt, expired, leftovers };
}

type EntryChecker = (bucket: Bucket, entry: IndexEntry) => Promise<EntryState>;

/** Reads each content once, however many names share it. */
function createEntryChecker(cache: OpenCache, nowMs: EpochMs): EntryChecker {
  const contents = new Map<string, CheckedContent>();
  return async (bucket, entry) => {
    const key = parseKey(entry.key);
    const isFeed = parseFeedKey(entry.key) !== null;
    if (hashKey(entry.key) !== bucket.keyHash) return 'misplaced';
    if (key === null && !isFeed) return 'foreign';
    if (!isSealed(cache.key, entry)) return 'forged';
    if (key === null) return checkFeed(cache, entry, nowMs);
    const id = `${key.space.kind} ${key.space.serviceId} ${entry.integrity}`;
    const content = contents.get(id) ?? (await checkContent(cache, entry.integrity, key.space));
    contents.set(id, content);
    return typeof content === 'string' ? content : checkEntry(entry, key, content, nowMs);
  };
}

/** A writer may have replaced the entry since it was listed, and removed the content that belonged to it. */
async function settle(
  { storeDir }: OpenCache,
  bucket: Bucket,
  entry: IndexEntry,
  stateOf: EntryChecker,
): Promise<{ readonly kind: EntryState; readonly integrity: string }> {
  const kind = await stateOf(bucket, entry);
  const current = kind === 'sound' ? null : findEntry(storeDir, entry.key);
  const isReplaced = current !== null && current.integrity !== entry.integrity;
  return isReplaced ? { kind: 'sound', integrity: current.integrity } : { kind, integrity: entry.integrity };
}

/** Cuts broken lines out of an index file; removes it when nothing else is in it. */
async function repairBucket({ writing, storeDir }: OpenCache, bucket: Bucket): Promise<CorruptEntry> {
  const [first] = bucket.entries;
  const repair =
    first === undefined || hashKey(first.key) !== bucket.keyHash
      ? rm(bucket.path, { recursive: true, force: true })
      : (await writing()).index.compact(storeDir, first.key, (a, b) => a.key === b.key);
  const problem = bucket.isUnreadable ? 'index-file' : 'index-line';
  return { key: first?.key ?? null, file: bucket.path, problem, removed: await succeeds(repair) };
}

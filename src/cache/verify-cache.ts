import { rm } from 'node:fs/promises';
import type { EpochMs } from '../model/facts.js';
import { type CorruptionKind, checkEntry, type EntryState } from './check-entry.js';
import { loadCacache, type OpenCache } from './load-cacache.js';
import { removeOrphans } from './remove-orphans.js';
import { removeRecord } from './remove-record.js';
import { requireStoreDir } from './require-store.js';
import { sweepTemporaries } from './sweep-temporaries.js';
import { type Bucket, hashKey, type IndexEntry, walkIndex } from './walk-index.js';

export type CorruptEntry = {
  /** The key, which ends in the package name; `null` where it cannot be read. Not sanitised. */
  readonly key: string | null;
  /** The index file. */
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
 * Reads every entry, checks integrity and format, and removes what is broken, expired or left over. Another process may
 * use the cache meanwhile. Throws `CACHE_UNUSABLE` when the directory may not be used.
 */
export async function verifyCache(dir: string, nowMs: EpochMs): Promise<CacheVerification> {
  const storeDir = await requireStoreDir(dir);
  if (storeDir === null) return { dir, checked: 0, corrupt: [], expired: 0, leftovers: 0 };
  const cache: OpenCache = { cacache: await loadCacache(), storeDir };
  const corrupt: CorruptEntry[] = [];
  const live = new Set<string>();
  let checked = 0;
  let expired = 0;
  for (const bucket of walkIndex(storeDir)) {
    if (bucket.isUnreadable || bucket.brokenLines > 0) corrupt.push(await repairBucket(cache, bucket));
    for (const entry of bucket.entries) {
      checked++;
      const { kind, integrity, removed } = await settleEntry(cache, bucket, entry, nowMs);
      if (kind === 'sound') live.add(integrity);
      else if (kind === 'expired') expired++;
      else corrupt.push({ key: entry.key, file: bucket.path, problem: kind, removed });
    }
  }
  const leftovers = (await removeOrphans(storeDir, live, nowMs)) + (await sweepTemporaries(storeDir, nowMs));
  return { dir, checked, corrupt, expired, leftovers };
}

type Settled = { readonly kind: EntryState; readonly integrity: string; readonly removed: boolean };

async function settleEntry(
  cache: OpenCache,
  bucket: Bucket,
  entry: IndexEntry,
  nowMs: EpochMs,
): Promise<Settled> {
  const { integrity } = entry;
  if (hashKey(entry.key) !== bucket.keyHash) {
    return { kind: 'misplaced', integrity, removed: await succeeds(rm(bucket.path, { force: true })) };
  }
  const kind = await checkEntry(cache, entry, nowMs);
  if (kind === 'sound') return { kind, integrity, removed: false };
  const current = await cache.cacache.get.info(cache.storeDir, entry.key);
  if (current !== null && current.integrity !== integrity) {
    // A writer replaced the entry after it was walked over, and removed the content that belonged to it.
    return { kind: 'sound', integrity: current.integrity, removed: false };
  }
  return { kind, integrity, removed: await removeEntry(cache, bucket, entry) };
}

/** An entry whose integrity is no integrity leads to no content, and its index file goes all the same. */
async function removeEntry(cache: OpenCache, bucket: Bucket, { key }: IndexEntry): Promise<boolean> {
  if (await succeeds(removeRecord(cache, key))) return true;
  return await succeeds(rm(bucket.path, { force: true }));
}

/** Cuts broken lines out of an index file; removes it when nothing else is in it. */
async function repairBucket({ cacache, storeDir }: OpenCache, bucket: Bucket): Promise<CorruptEntry> {
  const [first] = bucket.entries;
  const repair =
    first === undefined || hashKey(first.key) !== bucket.keyHash
      ? rm(bucket.path, { recursive: true, force: true })
      : cacache.index.compact(storeDir, first.key, (a, b) => a.key === b.key);
  const problem = bucket.isUnreadable ? 'index-file' : 'index-line';
  return { key: first?.key ?? null, file: bucket.path, problem, removed: await succeeds(repair) };
}

async function succeeds(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch {
    return false;
  }
}

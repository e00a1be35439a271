import type { EpochMs } from '../model/facts.js';
import type { CacheKey } from './cache-key.js';
import { errorCode } from './error-code.js';
import type { CacheProblem } from './fact-store.js';
import { decodeFeedContent, encodeFeedContent, MAX_FEED_BYTES } from './feed-content.js';
import { feedKey } from './feed-key.js';
import { isFromFuture } from './freshness.js';
import type { OpenCache } from './load-cacache.js';
import {
  DISK_FAULTS,
  openStore,
  openStoreForWriting,
  type Store,
  unreadableStore,
  unwritableStore,
} from './open-store.js';
import { createProblemLog } from './problem-log.js';
import { insertSealed, putSealed } from './put-sealed.js';
import { readContent } from './read-content.js';
import { findSealedEntry } from './sealed-entry.js';
import { storeDirOf } from './store-directory.js';
import { type FetchStamp, readEtag, readFetchStamp } from './stored-fact.js';
import { sweepTemporaries } from './sweep-temporaries.js';

/** A feed as it is kept: when and as what it was fetched, and a text that only src/feeds reads. */
export type StoredFeed = FetchStamp & { readonly text: string };

/** Where feeds are kept between runs. No method rejects; what goes wrong is under `problems`. */
export type FeedStore = {
  /** `null` when there is no copy that can be used; none is from the future. */
  readonly load: (url: string, nowMs: EpochMs) => Promise<StoredFeed | null>;
  readonly save: (url: string, feed: StoredFeed, entries: number) => Promise<void>;
  /** The copy was found to be current. */
  readonly renew: (url: string, stamp: FetchStamp) => Promise<void>;
  /** The first problem of each code so far. */
  readonly problems: () => readonly CacheProblem[];
};

type Metadata = FetchStamp & { readonly entries?: unknown };

/** Feeds in the store that the facts are in, under `cacheDir` (absolute). Nothing is created before the first write. */
export function createFeedStore(cacheDir: string, cacheKey: CacheKey): FeedStore {
  const storeDir = storeDirOf(cacheDir);
  const log = createProblemLog();
  const place: Store = { storeDir, cacheKey, log };
  const change = async (work: (cache: OpenCache) => Promise<void>): Promise<void> => {
    try {
      const cache = await openStoreForWriting(place);
      if (cache !== null) await work(cache);
    } catch (error) {
      log.note(unwritableStore(storeDir, errorCode(error) || String(error), 'Feeds'));
    }
  };
  return {
    load: async (url, nowMs) => {
      try {
        const cache = openStore(place);
        return cache === null ? null : await loadFeed(cache, url, nowMs);
      } catch (error) {
        const code = errorCode(error);
        if (DISK_FAULTS.has(code)) log.note(unreadableStore(storeDir, code, 'Feeds'));
        return null;
      }
    },
    save: (url, { fetchedAtMs, etag, text }, entries) =>
      change((cache) => saveFeed(cache, url, text, { fetchedAtMs, etag: readEtag(etag), entries })),
    renew: (url, { fetchedAtMs, etag }) =>
      change((cache) => renewFeed(cache, url, { fetchedAtMs, etag: readEtag(etag) })),
    problems: () => log.list(),
  };
}

async function loadFeed(cache: OpenCache, url: string, nowMs: EpochMs): Promise<StoredFeed | null> {
  const entry = findSealedEntry(cache, feedKey(url));
  const stamp = readFetchStamp(entry?.metadata);
  if (entry === null || stamp === null || isFromFuture(stamp.fetchedAtMs, nowMs)) return null;
  const content = await readContent(cache, entry, MAX_FEED_BYTES);
  const text = content === null ? null : decodeFeedContent(content);
  return text === null ? null : { ...stamp, text };
}

async function saveFeed(cache: OpenCache, url: string, text: string, metadata: Metadata): Promise<void> {
  const { storeDir } = cache;
  const { rm } = await cache.writing();
  const key = feedKey(url);
  const content = encodeFeedContent(text);
  if (content.length > MAX_FEED_BYTES) throw new Error(`a feed has more than ${MAX_FEED_BYTES} bytes`);
  const before = findSealedEntry(cache, key);
  await putSealed(cache, key, content, metadata);
  if (before !== null) await rm.content(storeDir, before.integrity);
  await compact(cache, key);
  await sweepTemporaries(storeDir, metadata.fetchedAtMs);
}

/** The content stays as it is; only the entry says anew when it was fetched. */
async function renewFeed(cache: OpenCache, url: string, stamp: FetchStamp): Promise<void> {
  const key = feedKey(url);
  const entry = findSealedEntry(cache, key);
  if (entry === null) return;
  const { entries } = entry.metadata as Metadata;
  await insertSealed(cache, entry, { ...stamp, entries });
  await compact(cache, key);
}

/** cacache only appends to an index file; feeds are written once an hour at most, so it is cut back each time. */
async function compact({ writing, storeDir }: OpenCache, key: string): Promise<void> {
  const { index } = await writing();
  await index.compact(storeDir, key, (a, b) => a.key === b.key);
}

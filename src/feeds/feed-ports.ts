import type { CacheKey } from '../cache/cache-key.js';
import type { EpochMs } from '../model/facts.js';
import type { HttpClient } from '../registry/http-client.js';
import type { Feed } from './feed-entry.js';

/** The world as the feeds see it. */
export type FeedPorts = {
  /** Gets a text and never rejects; `createFeedClient` makes the real one. */
  readonly fetchText: HttpClient<string>['get'];
  /** The directory of the cache, absolute; `null` = nothing is kept. */
  readonly cacheDir: string | null;
  /** What is kept there is sealed with it. */
  readonly cacheKey: CacheKey;
  readonly offline: boolean;
  readonly nowMs: EpochMs;
  readonly signal: AbortSignal;
};

/** A feed that was read, and how it came. */
export type ReadFeed = {
  readonly feed: Feed;
  readonly fetchedAtMs: EpochMs;
  readonly from: 'file' | 'network' | 'cache';
  readonly notices: readonly string[];
};

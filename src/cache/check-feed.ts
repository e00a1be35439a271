import type { EpochMs } from '../model/facts.js';
import { corruptionOf, type EntryState } from './check-entry.js';
import { decodeFeedContent, FEED_STALE_MS, MAX_FEED_BYTES } from './feed-content.js';
import { isFromFuture } from './freshness.js';
import type { IndexEntry } from './index-line.js';
import type { OpenCache } from './load-cacache.js';
import { readContent } from './read-content.js';
import { readFetchStamp } from './stored-fact.js';

/** Reads the content of a feed's entry and says what is wrong with either. `expired` = sound, but of no use any more. */
export async function checkFeed(
  cache: OpenCache,
  { integrity, metadata }: IndexEntry,
  nowMs: EpochMs,
): Promise<EntryState> {
  const stamp = readFetchStamp(metadata);
  if (stamp === null) return 'undecodable';
  try {
    const content = await readContent(cache, { integrity }, MAX_FEED_BYTES);
    if (content === null) return 'content-missing';
    if (decodeFeedContent(content) === null) return 'undecodable';
  } catch (error) {
    return corruptionOf(error);
  }
  if (isFromFuture(stamp.fetchedAtMs, nowMs)) return 'from-future';
  return nowMs - stamp.fetchedAtMs > FEED_STALE_MS ? 'expired' : 'sound';
}

import type { FeedStore, StoredFeed } from '../cache/feed-store.js';
import type { Failure } from '../registry/failure.js';
import type { Answer } from '../registry/fetch-once.js';
import { decodeFeed, encodeFeed } from './feed-codec.js';
import type { Feed, ParsedFeed } from './feed-entry.js';
import { reasonOf, unreadableFeed } from './feed-error.js';
import { ageInWords, isFreshFeed, mayStandIn } from './feed-freshness.js';
import type { FeedPorts, ReadFeed } from './feed-ports.js';
import { parseFeed } from './parse-feed.js';

/** The copy of a feed in the cache. */
type Copy = Pick<StoredFeed, 'fetchedAtMs' | 'etag'> & { readonly feed: Feed };

/** What came of asking the server. */
type Refresh =
  | { readonly kind: 'new'; readonly feed: ParsedFeed; readonly etag: string | null }
  | { readonly kind: 'same'; readonly etag: string | null }
  | { readonly kind: 'none'; readonly reason: string };

/** A feed that loses more than half of its entries at once was cut, or is another one. */
const SHRUNK = 0.5;

/**
 * Loads the feed at `url` (no credentials, no fragment): the stored copy while it is fresh, else the server's, else the
 * stored copy while it may stand in. `store` is `null` where nothing is kept.
 *
 * @throws GuardError FEED_UNREADABLE when there is none of these.
 */
export async function loadUrlFeed(url: URL, ports: FeedPorts, store: FeedStore | null): Promise<ReadFeed> {
  const { nowMs } = ports;
  const copy = await loadCopy(url, nowMs, store);
  if (copy !== null && isFreshFeed(copy.fetchedAtMs, nowMs)) return fromCopy(copy, []);
  const refresh = await fetchFeed(url, ports, copy);
  switch (refresh.kind) {
    case 'new': {
      const stored = { text: encodeFeed(refresh.feed), etag: refresh.etag, fetchedAtMs: nowMs };
      await store?.save(url.href, stored, refresh.feed.entries);
      return {
        feed: refresh.feed,
        fetchedAtMs: nowMs,
        from: 'network',
        notices: noticesOf(refresh.feed, copy),
      };
    }
    case 'same':
      if (copy === null) throw unreadableFeed('the server says "not modified" without having been asked');
      await store?.renew(url.href, { fetchedAtMs: nowMs, etag: refresh.etag ?? copy.etag });
      return { feed: copy.feed, fetchedAtMs: nowMs, from: 'network', notices: [] };
    case 'none':
      return standIn(copy, refresh.reason, nowMs);
  }
}

async function loadCopy(url: URL, nowMs: number, store: FeedStore | null): Promise<Copy | null> {
  const stored = (await store?.load(url.href, nowMs)) ?? null;
  const feed = stored === null ? null : decodeFeed(stored.text);
  return stored === null || feed === null
    ? null
    : { feed, fetchedAtMs: stored.fetchedAtMs, etag: stored.etag };
}

async function fetchFeed(url: URL, ports: FeedPorts, copy: Copy | null): Promise<Refresh> {
  if (ports.offline) return { kind: 'none', reason: 'the run is offline' };
  const etag = copy?.etag ?? null;
  const answer = await ports.fetchText({ url, etag, signal: ports.signal, staysAtOrigin: false });
  return readAnswer(answer, url.host);
}

async function readAnswer(answer: Answer<string> | Failure, host: string): Promise<Refresh> {
  switch (answer.kind) {
    case 'failed':
      return { kind: 'none', reason: answer.detail };
    case 'missing':
      return { kind: 'none', reason: `${host} says that it does not exist` };
    case 'withheld':
      return { kind: 'none', reason: `${host} withholds it (status 451)` };
    case 'not-modified':
      return { kind: 'same', etag: answer.etag };
    case 'document':
      try {
        return { kind: 'new', feed: await parseFeed(answer.body), etag: answer.etag };
      } catch (error) {
        return { kind: 'none', reason: reasonOf(error) };
      }
  }
}

function standIn(copy: Copy | null, reason: string, nowMs: number): ReadFeed {
  if (copy === null) throw unreadableFeed(reason);
  const age = ageInWords(copy.fetchedAtMs, nowMs);
  if (!mayStandIn(copy.fetchedAtMs, nowMs)) {
    throw unreadableFeed(`${reason}, and the stored copy is too old to be used (${age})`);
  }
  return fromCopy(copy, [`could not be refreshed (${reason}); the stored copy of ${age} ago is used`]);
}

function fromCopy({ feed, fetchedAtMs }: Copy, notices: readonly string[]): ReadFeed {
  return { feed, fetchedAtMs, from: 'cache', notices };
}

function noticesOf(feed: Feed, copy: Copy | null): readonly string[] {
  if (copy === null || feed.entries >= copy.feed.entries * SHRUNK) return [];
  return [`has shrunk from ${copy.feed.entries} to ${feed.entries} entries`];
}

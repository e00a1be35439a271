import { isAbsolute } from 'node:path';
import { createFeedStore, type FeedStore } from '../cache/feed-store.js';
import type { FeedFailure, FeedKind, FeedSetting, FeedSource, LoadedFeeds } from '../model/feed.js';
import { parseHttpUrl } from '../registry/registry-url.js';
import { reasonOf, unreadableFeed } from './feed-error.js';
import { createFeedIndex } from './feed-index.js';
import { labelOf } from './feed-label.js';
import type { FeedPorts, ReadFeed } from './feed-ports.js';
import { loadUrlFeed } from './load-url-feed.js';
import { readFeedFile } from './read-feed-file.js';

type Outcome =
  | { readonly label: string; readonly kind: FeedKind; readonly read: ReadFeed }
  | { readonly label: string; readonly reason: string };

/** Loads each different feed once. Never rejects. */
export async function loadEveryFeed(
  settings: readonly FeedSetting[],
  ports: FeedPorts,
): Promise<LoadedFeeds> {
  const store = ports.cacheDir === null ? null : createFeedStore(ports.cacheDir, ports.cacheKey);
  const unique = new Map(settings.map((setting) => [`${setting.kind} ${setting.source}`, setting]));
  const outcomes = await Promise.all([...unique.values()].map((setting) => loadOne(setting, ports, store)));
  const loaded = outcomes.flatMap((outcome) => ('read' in outcome ? [outcome] : []));
  return {
    index: createFeedIndex(loaded.map(({ label, kind, read }) => ({ label, kind, feed: read.feed }))),
    failures: outcomes.flatMap((outcome): FeedFailure[] =>
      'reason' in outcome ? [{ feed: outcome.label, reason: outcome.reason }] : [],
    ),
    notices: [
      ...loaded.flatMap(({ label, read }) => read.notices.map((notice) => `The feed ${label} ${notice}.`)),
      ...(store?.problems() ?? []).map(({ message, hint }) => `${message} ${hint}`),
    ],
    sources: loaded.map(({ label, kind, read }) => sourceOf(label, kind, read, ports.nowMs)),
  };
}

async function loadOne(setting: FeedSetting, ports: FeedPorts, store: FeedStore | null): Promise<Outcome> {
  const url = isAbsolute(setting.source) ? null : parseHttpUrl(setting.source);
  const label = labelOf(setting.source, url);
  try {
    const read = url === null ? await readPath(setting.source) : await loadUrlFeed(bare(url), ports, store);
    return { label, kind: setting.kind ?? read.feed.kind, read };
  } catch (error) {
    return { label, reason: reasonOf(error) };
  }
}

async function readPath(source: string): Promise<ReadFeed> {
  if (!isAbsolute(source)) throw unreadableFeed('it is neither an absolute path nor an http(s) URL');
  return await readFeedFile(source);
}

/** Credentials are the client's business, and a fragment is nobody's. */
function bare(url: URL): URL {
  const copy = new URL(url);
  copy.username = '';
  copy.password = '';
  copy.hash = '';
  return copy;
}

function sourceOf(
  label: string,
  kind: FeedKind,
  { feed, fetchedAtMs, from }: ReadFeed,
  nowMs: number,
): FeedSource {
  return {
    feed: label,
    kind,
    entries: feed.entries,
    skipped: feed.skipped,
    fetchedAtMs,
    ageSeconds: Math.max(0, Math.floor((nowMs - fetchedAtMs) / 1000)),
    from,
  };
}

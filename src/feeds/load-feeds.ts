import type { FeedSetting, LoadedFeeds } from '../model/feed.js';
import type { FeedPorts } from './feed-ports.js';

const NO_FEEDS: LoadedFeeds = {
  index: { matchesOf: () => [] },
  failures: [],
  notices: [],
  sources: [],
};

/**
 * Loads all feeds at the same time. Never rejects: a feed that cannot be read, or only in a copy that is too old, is a
 * failure, and the others count. Without feeds nothing is read, and no code for it is loaded.
 */
export async function loadFeeds(settings: readonly FeedSetting[], ports: FeedPorts): Promise<LoadedFeeds> {
  if (settings.length === 0) return NO_FEEDS;
  const { loadEveryFeed } = await import('./load-every-feed.js');
  return await loadEveryFeed(settings, ports);
}

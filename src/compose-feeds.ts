import type { FeedPorts } from './feeds/feed-ports.js';
import { loadFeeds } from './feeds/load-feeds.js';
import type { FeedMatch, FeedSetting, LoadedFeeds } from './model/feed.js';
import { parsePackageName } from './model/package-name.js';
import type { TreeEntry } from './model/resolved-tree.js';
import type { Knowledge } from './model/verdict.js';
import type { NameData } from './names/name-data.js';
import type { Ports } from './pipeline.js';
import type { RegistrySettings } from './registry/settings.js';

/** Feeds are got with a client of their own, which is closed again before the registry is asked. */
export async function readFeeds(
  feeds: readonly FeedSetting[],
  settings: () => Promise<RegistrySettings>,
  ports: Omit<FeedPorts, 'fetchText'>,
): Promise<LoadedFeeds> {
  if (feeds.length === 0) return await loadFeeds(feeds, { ...ports, fetchText: nothingToFetch });
  const { createFeedClient } = await import('./feeds/feed-client.js');
  const client = createFeedClient({ settings: await settings(), feeds });
  try {
    return await loadFeeds(feeds, { ...ports, fetchText: client.get });
  } finally {
    await client.close();
  }
}

const nothingToFetch: FeedPorts['fetchText'] = () => {
  throw new Error('there are no feeds');
};

/** Bytes of the package of that name, past the registry: feeds may list them too. */
const LISTED_SOURCES: ReadonlySet<string> = new Set(['bundled', 'remote']);

/** Where there are no feeds. */
export const noMatches: Ports['feedsFor'] = () => [];

/** The entries of feeds that are about a package of the tree. */
export function matchesIn(
  { index }: LoadedFeeds,
  { name: raw, registryName, source, version, spec }: TreeEntry,
  { answer }: Knowledge,
  names: NameData,
): readonly FeedMatch[] {
  const name = registryName ?? (LISTED_SOURCES.has(source) ? parsePackageName(raw) : null);
  if (name === null) return [];
  return index.matchesOf(name, version, {
    spec,
    latestVersion: answer?.kind === 'found' ? answer.facts.latestVersion : null,
    established: names.popularityOf(name) !== null,
  });
}

import type { FeedKind } from '../model/feed.js';
import { parsePackageName } from '../model/package-name.js';
import { type DraftEntry, NO_ENTRIES, type ParsedFeed } from './feed-entry.js';
import { unreadableFeed } from './feed-error.js';
import { MAX_ENTRIES, MAX_ENTRIES_OF_NAME } from './limits.js';

/** Collects the entries of one feed. */
export type FeedBuilder = {
  /** `null` for an entry that cannot be used: it counts as skipped, as does one whose name is no package name. */
  readonly add: (name: unknown, entry: DraftEntry | null) => void;
  /** @throws GuardError FEED_UNREADABLE when the feed has no entry at all. */
  readonly finish: (kind: FeedKind) => ParsedFeed;
};

/** `add` throws GuardError FEED_UNREADABLE for a feed with too many entries. */
export function createFeedBuilder(): FeedBuilder {
  const table = new Map<string, DraftEntry[]>();
  let entries = 0;
  let skipped = 0;
  return {
    add: (rawName, entry) => {
      const name = typeof rawName === 'string' ? parsePackageName(rawName) : null;
      if (name === null || entry === null) {
        skipped++;
        return;
      }
      if (++entries > MAX_ENTRIES) throw unreadableFeed(`it has more than ${MAX_ENTRIES} entries`);
      const drafts = table.get(name);
      if (drafts === undefined) table.set(name, [entry]);
      else addTo(drafts, entry);
    },
    finish: (kind) => {
      if (entries === 0) throw unreadableFeed(`it lists no npm package (${skipped} entries cannot be used)`);
      return { kind, entries, skipped, table, entriesOf: (name) => table.get(name) ?? NO_ENTRIES };
    },
  };
}

function addTo(drafts: DraftEntry[], entry: DraftEntry): void {
  const last = drafts.at(-1);
  if (last === undefined || (last.id !== entry.id && drafts.length < MAX_ENTRIES_OF_NAME)) {
    drafts.push(entry);
    return;
  }
  if (last.all) return;
  last.all = entry.all;
  if (entry.all) {
    last.versions = [];
    last.ranges = [];
    return;
  }
  for (const version of entry.versions) last.versions.push(version);
  for (const range of entry.ranges) last.ranges.push(range);
}

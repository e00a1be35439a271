import type { FeedKind } from '../model/feed.js';

/** What one entry of a feed says about a name: the whole package, or versions and ranges of it. */
export type FeedEntry = {
  readonly id: string | null;
  readonly all: boolean;
  /** Plain versions (feed-version.ts); empty when `all`. */
  readonly versions: readonly string[];
  /** Ranges in npm's notation, made from valid versions; empty when `all`. */
  readonly ranges: readonly string[];
};

/** An entry as a parser makes it: the builder takes it over, and adds others of the same name and id to it. */
export type DraftEntry = {
  readonly id: string | null;
  all: boolean;
  versions: string[];
  ranges: string[];
};

/** A feed that was read, from its source or from the cache. */
export type Feed = {
  readonly kind: FeedKind;
  readonly entries: number;
  readonly skipped: number;
  readonly entriesOf: (name: string) => readonly FeedEntry[];
};

/** A feed with all of its names at hand. */
export type ParsedFeed = Feed & { readonly table: ReadonlyMap<string, readonly FeedEntry[]> };

export const NO_ENTRIES: readonly FeedEntry[] = [];

export function wholePackage(id: string | null): DraftEntry {
  return { id, all: true, versions: [], ranges: [] };
}

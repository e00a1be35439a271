import type { EpochMs } from './facts.js';
import type { PackageName } from './package-name.js';

/** What a feed says of a name: its code is malicious, or a language model invented it. */
export type FeedKind = 'malicious' | 'hallucination';

/** A feed as the configuration lists it. */
export type FeedSetting = {
  /** An absolute path (file or folder), or an http(s) URL. */
  readonly source: string;
  /** `null` = found out from the content. */
  readonly kind: FeedKind | null;
};

/** A feed that lists a package. */
export type FeedMatch = {
  readonly kind: FeedKind;
  /** File name, or URL without credentials, query and fragment. */
  readonly feed: string;
  /** The feed's own id of the entry, as `MAL-2024-1`; `null` where it has none. Not sanitised. */
  readonly id: string | null;
  /** The feed lists the whole package, or only some versions of it. */
  readonly versions: 'all' | 'exact';
};

/** What is known of a package whose version may be unknown. */
export type FeedContext = {
  /** The range, version or tag that asks for it; `null` = any version. */
  readonly spec: string | null;
  readonly latestVersion: string | null;
  /** The name is in wide use, so that a few bad versions say little about the one that will be installed. */
  readonly established: boolean;
};

/** All feeds of a run. Lookups touch nothing but the entries of the name. */
export type FeedIndex = {
  /**
   * The entries that apply to a package. Where `version` is `null`, entries for the whole package apply, and those for
   * some versions where the latest version is listed and satisfies the spec; where that is unknown too, those of a name
   * that is not established and of which a listed version satisfies the spec.
   */
  readonly matchesOf: (
    name: PackageName,
    version: string | null,
    context: FeedContext,
  ) => readonly FeedMatch[];
};

/** A feed that is in the index. */
export type FeedSource = {
  readonly feed: string;
  readonly kind: FeedKind;
  /** Packages of records, rows or keys that count. */
  readonly entries: number;
  /** Those that could not be used: no package name, no version that can be compared. */
  readonly skipped: number;
  /** When the server last confirmed it; of a file, when it was last changed. */
  readonly fetchedAtMs: EpochMs;
  readonly ageSeconds: number;
  readonly from: 'file' | 'network' | 'cache';
};

/** A feed that could not be used at all. */
export type FeedFailure = {
  readonly feed: string;
  /** Part of a sentence; no credentials in it. */
  readonly reason: string;
};

export type LoadedFeeds = {
  readonly index: FeedIndex;
  readonly failures: readonly FeedFailure[];
  /** What the user should hear, one sentence each. Not sanitised. */
  readonly notices: readonly string[];
  readonly sources: readonly FeedSource[];
};

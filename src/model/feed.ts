/** What a feed says of the packages that it lists. */
export type FeedKind = 'malicious' | 'hallucination';

/** An entry of a feed that names a package of the tree. */
export type FeedMatch = {
  readonly kind: FeedKind;
  /** File name or URL of the feed, without credentials. */
  readonly feed: string;
  /** The entry's identifier (`MAL-2024-1234`), where the feed has them. */
  readonly id: string | null;
  /** The feed names every version, or this one. */
  readonly versions: 'all' | 'exact';
};

import type { PackageName } from './package-name.js';

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number;

/**
 * What a registry says about a name. `null` means that it does not say, which is never held against a package;
 * see docs/decisions/0003-unknown-facts.md for when a value counts as said.
 */
export type PackageFacts = {
  /** First publication by the registry's own statement; `null` where missing or contradicted by the document. */
  readonly createdAtMs: EpochMs | null;
  /** The package is at least this old: the earliest time in the document. A mirror's times are never too early. */
  readonly existedAtMs: EpochMs | null;
  readonly latestReleaseAtMs: EpochMs | null;
  readonly releaseCount: number | null;
  /** The most versions published within any 24 hours; `null` where the times are not the publisher's. */
  readonly mostReleasesIn24h: number | null;
  readonly maintainerCount: number | null;
  /** When the releases passed to an account that had no part in them before; `null` = unknown or never. */
  readonly ownershipChangedAtMs: EpochMs | null;
  readonly hasRepository: boolean | null;
  readonly repositoryUrl: string | null;
  /** Characters in the description, trimmed; 0 when a full document has none. */
  readonly descriptionLength: number | null;
  readonly latestVersion: string | null;
  /** The latest version runs a lifecycle script on installation. */
  readonly hasInstallScript: boolean | null;
  /** The deprecation notice of the latest version. */
  readonly deprecated: string | null;
  /** The registry keeps the name, but has no version of it any more. */
  readonly unpublished: boolean;
  /** The registry knows the name and refuses to serve it for legal or security reasons (status 451). */
  readonly withheld: boolean;
  /** What the registry publishes of the versions that were asked for; `null` = it has no such version. */
  readonly versions: PublishedVersions;
};

export type PublishedVersions = { readonly [version: string]: PublishedVersion | null };

export type PublishedVersion = {
  /** Subresource integrity of the tarball, its `shasum` included as `sha1-…`; `null` where neither is published. */
  readonly integrity: string | null;
};

/** Downloads of a name in the last week, all versions together; `null` when the service does not count it. */
export type DownloadFacts = { readonly weeklyDownloads: number | null };

export type UnavailableReason =
  | 'offline'
  | 'timeout'
  | 'network'
  | 'unauthorized'
  | 'forbidden'
  | 'private-scope'
  | 'rate-limited'
  | 'server-error'
  | 'unreadable'
  | 'too-large'
  | 'aborted'
  | 'no-source';

export type Found<F> = {
  readonly kind: 'found';
  readonly facts: F;
  /** When the responsible service said so. */
  readonly fetchedAtMs: EpochMs;
  /** HTTP validator for revalidation. */
  readonly etag: string | null;
  readonly from: 'registry' | 'cache';
};
export type Absent = {
  readonly kind: 'absent';
  readonly fetchedAtMs: EpochMs;
  readonly from: 'registry' | 'cache';
};
export type Unavailable = {
  readonly kind: 'unavailable';
  readonly reason: UnavailableReason;
  /** One sentence for the user; no credentials in it. */
  readonly detail: string;
};
/** The three answers. Nothing maps *unavailable* to safe. */
export type FactAnswer<F> = Found<F> | Absent | Unavailable;

/** The registry that is responsible for a name. */
export type RegistryRef = {
  /** Base URL with a trailing slash, no credentials in it. */
  readonly url: string;
  /** npm's public registry, by npm's own default. */
  readonly isPublic: boolean;
  /** The name's scope has a registry of its own: the name may not be sent anywhere else, and a 404 there is no proof. */
  readonly isScopeRegistry: boolean;
  /** Base URLs of registries whose tarballs are its own: itself, and those that npm takes for the same. */
  readonly tarballBases: readonly string[];
  /** Base URLs, with their paths, that the user's policy takes for it. */
  readonly mirrors: readonly string[];
  /** It is the registry of a scope, and the user's own configuration says so, not the project's. */
  readonly isChosenByUser: boolean;
};

export type FactQuery<F> = {
  readonly name: PackageName;
  readonly registry: RegistryRef;
  /** Versions about which single facts are wanted. */
  readonly versions: readonly string[];
  /** An earlier answer without the facts on these versions won't do. */
  readonly needsVersions: boolean;
  /** An earlier answer that may be revalidated with its `etag`; the source returns it with a new time on "not modified". */
  readonly previous: Found<F> | null;
};

export type LookupContext = {
  readonly nowMs: EpochMs;
  readonly signal: AbortSignal;
  /** Called once for each name that is answered. */
  readonly onAnswer: (name: PackageName) => void;
};

/**
 * Where facts come from. Registry, download counts and cache implement it alike, so that the cache can wrap any source.
 * The answer holds every name that was asked, and `lookup` never rejects: what fails is `unavailable`.
 */
export type FactSource<F> = {
  readonly lookup: (
    queries: readonly FactQuery<F>[],
    context: LookupContext,
  ) => Promise<ReadonlyMap<PackageName, FactAnswer<F>>>;
};

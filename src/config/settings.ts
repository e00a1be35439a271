import type { FeedKind } from '../model/feed.js';
import type { Action } from '../model/verdict.js';
import type { Policy, PolicyException, PolicySource, TrustedScope } from '../policy/policy.js';

export type FailOn = Policy['failOn'];

/** Whether somebody sits in front of the terminal, or a machine runs the check. */
export type PolicyContext = 'interactive' | 'ci';

/** `null` where nothing is set. */
export type UnavailableSetting = { readonly [context in PolicyContext]: Action | null };

/** Scores in (0, 1]; `null` where nothing is set. */
export type ThresholdSetting = { readonly safe: number | null; readonly high: number | null };

/** A base URL with a trailing slash that tarballs may come from. */
export type MirrorSetting = { readonly url: string; readonly source: PolicySource };

export type FeedSetting = {
  /** An absolute path, or an http(s) URL. */
  readonly location: string;
  /** What it lists; `null` = to be found out from its content. */
  readonly kind: FeedKind | null;
  readonly source: PolicySource;
};

type Shared = {
  readonly failOn: FailOn | null;
  readonly onUnavailable: UnavailableSetting;
  readonly thresholds: ThresholdSetting;
  readonly exceptions: readonly PolicyException[];
  readonly trustedScopes: readonly TrustedScope[];
  readonly mirrors: readonly MirrorSetting[];
  readonly feeds: readonly FeedSetting[];
  /** `redis:` or `rediss:` URL of a shared cache, maybe with a password: never to be printed. */
  readonly store: string | null;
};

/** One configuration file, read and checked. What it does not set is `null` or empty. */
export type ConfigLevel = Shared & {
  /** Whether exceptions of projects count; only ever set at user level. */
  readonly projectExceptions: boolean | null;
};

/** Both levels together, before defaults and the command line. */
export type Settings = Shared & {
  /** What was left out of the project's configuration, one sentence each; foreign text in it, so print it sanitized. */
  readonly notices: readonly string[];
};

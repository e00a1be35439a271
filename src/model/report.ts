import type { GuardErrorCode } from '../errors.js';
import type { SourceKind, Unchecked } from './resolved-tree.js';
import type { Signal } from './signal.js';
import type { Action, DecidedBy, Risk } from './verdict.js';

export type Status = 'allowed' | 'blocked' | 'undecided';

export type ReportedError = {
  readonly code: GuardErrorCode;
  readonly message: string;
  readonly hint: string;
};

export type Suggestion = { readonly name: string; readonly why: string };

export type ReportedPackage = {
  readonly name: string;
  readonly version: string | null;
  readonly alias: string | null;
  readonly source: SourceKind;
  readonly risk: Risk;
  readonly score: number;
  readonly action: Action;
  readonly direct: boolean;
  /** Shortest first; from an importer (`root` or a workspace path) to this package. */
  readonly requestedBy: readonly (readonly string[])[];
  readonly signals: readonly Signal[];
  readonly suggestions: readonly Suggestion[];
  readonly decidedBy: DecidedBy;
};

export type AppliedException = {
  readonly name: string;
  /** The range that the entry names; of a trusted scope, the version in the tree. */
  readonly version: string;
  readonly signals: readonly string[];
  readonly reason: string;
  readonly source: 'project' | 'user';
};

export type Summary = {
  readonly packages: number;
  readonly safe: number;
  readonly suspicious: number;
  readonly highRisk: number;
  readonly notFound: number;
  readonly unknown: number;
  readonly blocked: number;
};

export type Stats = {
  /** Packages that the bundled name data decided. */
  readonly corpus: number;
  /** Names whose facts came out of the cache. */
  readonly cacheHits: number;
  /** HTTP requests to package registries, retries and redirects included. */
  readonly registryRequests: number;
  /** Installed packages whose integrity was compared with what the registry publishes; the others were not. */
  readonly integrityCompared: number;
  readonly elapsedMs: number;
};

/** What `--since` left out: how many entries are as they were at the commit that the ref named. */
export type ReportedSince = { readonly ref: string; readonly commit: string; readonly unchanged: number };

/** The JSON document of `--format json`; its shape is public (schemaVersion 1). */
export type Report = {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: string; readonly version: string; readonly dataDate: string | null };
  readonly status: Status;
  readonly error: ReportedError | null;
  /** `null` where everything was judged; else `summary` and `packages` cover what changed. */
  readonly since: ReportedSince | null;
  readonly summary: Summary;
  readonly packages: readonly ReportedPackage[];
  readonly exceptions: readonly AppliedException[];
  /** What the user should know about how this was decided: expired exceptions, stale feeds, what was let through. */
  readonly notices: readonly string[];
  readonly unchecked: readonly Unchecked[];
  readonly stats: Stats;
};

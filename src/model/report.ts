import type { GuardErrorCode } from '../errors.js';
import type { SourceKind, Unchecked } from './resolved-tree.js';
import type { Signal } from './signal.js';
import type { Action, DecidedBy, Risk } from './verdict.js';

/** What came of a run: nothing blocked, at least one package blocked, or no decision; where both of the latter hold, `blocked`. */
export type Status = 'allowed' | 'blocked' | 'undecided';

/** Why there is no verdict for every package. */
export type ReportedError = {
  /** Stable; texts are not. */
  readonly code: GuardErrorCode;
  readonly message: string;
  /** What the user can do. */
  readonly hint: string;
};

/** An established package that may have been meant, and why; one clause. */
export type Suggestion = { readonly name: string; readonly why: string };

/** Where a package is mentioned: a file, `/`-separated and relative to the repository, a line and a column in UTF-16 units, both from 1. */
export type Mentioned = { readonly file: string; readonly line: number; readonly column: number };

/** The verdict on one package of the tree. */
export type ReportedPackage = {
  /** The real name, also of an alias. */
  readonly name: string;
  /** `null` where none is resolved. */
  readonly version: string | null;
  /** The key in the tree where it differs from the name, else `null`. */
  readonly alias: string | null;
  readonly source: SourceKind;
  readonly risk: Risk;
  /** How suspicious it is, in [0, 1]; 0.3 and 0.6 are the thresholds by default. */
  readonly score: number;
  readonly action: Action;
  /** The project, or one of its workspaces, asks for it itself. */
  readonly direct: boolean;
  /** Shortest first; from an importer (`root` or a workspace path) to this package. */
  readonly requestedBy: readonly (readonly string[])[];
  /** Where documents and sources mention it (`check --docs`); otherwise none. */
  readonly locations: readonly Mentioned[];
  /** All that was found, for and against it. */
  readonly signals: readonly Signal[];
  /** The likeliest first; none for a safe package. */
  readonly suggestions: readonly Suggestion[];
  readonly decidedBy: DecidedBy;
};

/** A reviewed exception that decided on at least one package. */
export type AppliedException = {
  readonly name: string;
  /** The range that the entry names; of a trusted scope, the version in the tree. */
  readonly version: string;
  readonly signals: readonly string[];
  readonly reason: string;
  readonly source: 'project' | 'user';
};

/** Packages by risk. */
export type Summary = {
  /** All that were judged. */
  readonly packages: number;
  readonly safe: number;
  readonly suspicious: number;
  readonly highRisk: number;
  readonly notFound: number;
  readonly unknown: number;
  /** Blocked packages, without those that are *unknown*. */
  readonly blocked: number;
};

/** By what the packages were judged, and how long that took. */
export type Stats = {
  /** Packages that the bundled name data decided. */
  readonly corpus: number;
  /** Names whose facts came out of the cache. */
  readonly cacheHits: number;
  /** HTTP requests to package registries, retries and redirects included. */
  readonly registryRequests: number;
  /** Installed packages whose integrity was compared with what the registry publishes; the others were not. */
  readonly integrityCompared: number;
  /** Milliseconds of judging, without the start of the process. */
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

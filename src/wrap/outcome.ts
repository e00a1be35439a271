import type { PublishedIntegrity } from './fill-integrity.js';
import type { Difference } from './landed.js';
import type { NpmLine } from './parse-npm-line.js';
import type { ReadyNpms } from './ready-npm.js';
import type { Ending, NpmRun, Said } from './spawn-npm.js';

/** How a guarded command of npm ended. */
export type Outcome =
  /** By us, before anything was written. */
  | { readonly kind: 'refused'; readonly status: 1 | 2 }
  /** By us: the lockfile doesn't say what these packages should be, and nobody else does. */
  | { readonly kind: 'unpinned'; readonly locations: readonly string[] }
  /** By us: npm ended well and wrote no lockfile, so that nobody knows what it would install in `root`. */
  | { readonly kind: 'not-resolved'; readonly root: string }
  /** By npm, which could not resolve what was asked for; nothing was written. */
  | { readonly kind: 'unresolved'; readonly said: Said }
  /** By us: the package, installed and judged, has no program that could be meant. */
  | { readonly kind: 'no-program'; readonly name: string }
  /** By npm, as it would have without us. */
  | { readonly kind: 'ended'; readonly ending: Ending }
  /** npm installed something else than what was judged; it was taken off the disk again. */
  | { readonly kind: 'differs'; readonly differences: readonly Difference[] };

export type Judged = {
  /** 0 = go on, 1 = blocked, 2 = undecided. */
  readonly status: 0 | 1 | 2;
  /** What the registry publishes for the packages of which the lockfile has no integrity. */
  readonly published: PublishedIntegrity;
};

/** Package documents as their registries publish them, with the user's credentials. */
export type PackageDocuments = {
  /** `null` = the registry can't be asked. */
  readonly fetch: (name: string) => Promise<Readonly<Record<string, unknown>> | 'missing' | null>;
  /** `@scope`s that have a registry of their own. */
  readonly scopes: () => Promise<readonly string[]>;
};

export type GuardRequest = {
  readonly line: NpmLine;
  /** The arguments after `npm`, as they were given. */
  readonly argv: readonly string[];
  readonly run: Omit<NpmRun, 'args'>;
  readonly ready: ReadyNpms;
  /** A folder of ours that outlives the run. */
  readonly cacheDir: string;
  /**
   * Judges a project or lockfile, tells the user, and says whether it may go on. Of a preview the user hears only what
   * stops it: the judgement that counts is still to come.
   */
  readonly judge: (target: string, options?: { readonly isPreview: boolean }) => Promise<Judged>;
  readonly documents: PackageDocuments;
  /** Whether npm may download this URL to resolve, by what is known without asking anybody. */
  readonly mayDownload: (what: string) => Promise<boolean>;
};

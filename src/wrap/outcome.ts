import type { Difference } from './landed.js';
import type { NpmLine } from './parse-npm-line.js';
import type { Ending, NpmRun, Said } from './spawn-npm.js';

/** How a guarded command of npm ended. */
export type Outcome =
  /** By us, before anything was written. */
  | { readonly kind: 'refused'; readonly status: 1 | 2 }
  /** By npm, which could not resolve what was asked for; nothing was written. */
  | { readonly kind: 'unresolved'; readonly said: Said }
  /** By npm, as it would have without us. */
  | { readonly kind: 'ended'; readonly ending: Ending }
  /** npm installed something else than what was judged; it was taken off the disk again. */
  | { readonly kind: 'differs'; readonly differences: readonly Difference[] };

export type GuardRequest = {
  readonly line: NpmLine;
  /** The arguments after `npm`, as they were given. */
  readonly argv: readonly string[];
  readonly run: Omit<NpmRun, 'args'>;
  /** A folder of ours that outlives the run. */
  readonly cacheDir: string;
  /** Judges a project or lockfile, tells the user, and says whether it may go on: 0, 1 or 2. */
  readonly judge: (target: string) => Promise<0 | 1 | 2>;
};

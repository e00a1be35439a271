import type { JudgedVersions } from '../wrap/judged-registry.js';
import type { PackageDocuments } from '../wrap/outcome.js';
import type { NpmRun } from '../wrap/spawn-npm.js';
import type { PnpmLine } from './pnpm-line.js';

export type PnpmJudged = {
  /** 0 = go on, 1 = blocked, 2 = undecided. */
  readonly status: 0 | 1 | 2;
  /** What its lockfile pins with an integrity. */
  readonly versions: JudgedVersions;
};

/** A command line of pnpm that is to be guarded. */
export type PnpmRequest = {
  readonly line: PnpmLine;
  /** The arguments after `pnpm`, as they were given. */
  readonly argv: readonly string[];
  /** `cwd` is where pnpm works: after `-C`. */
  readonly run: Omit<NpmRun, 'args'>;
  /** Where the user's own folder is. */
  readonly userDir: string;
  /** Where pnpm-workspace.yaml or package.json is found. */
  readonly root: string;
  /** A folder of ours that outlives the run. */
  readonly cacheDir: string;
  /** Judges a project by its folder, tells the user, and says whether it may go on. */
  readonly judge: (target: string) => Promise<PnpmJudged>;
  readonly documents: PackageDocuments;
  /** It is about global packages, by the command line or by pnpm's settings. */
  readonly isGlobal: boolean;
  /** Options that tell pnpm in a folder of ours which registries it uses in the project. */
  readonly registryWords: readonly string[];
};

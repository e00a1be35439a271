import path from 'node:path';
import type { LoadedConfig } from '../config/load-config.js';
import type { Mentioned, Report } from '../model/report.js';
import type { ResolvedTree, TreeFormat } from '../model/resolved-tree.js';
import type { Verdict } from '../model/verdict.js';
import type { Policy } from '../policy/policy.js';
import type { Changes } from '../since/changes-since.js';
import type { Io } from './io.js';
import { openJudge } from './open-judge.js';
import type { CheckOptions } from './options.js';

export type JudgeOptions = {
  readonly askAlways?: boolean;
  readonly changes?: Changes | null;
  /** The ids of the entries to judge; `null` = all, or those that changed. */
  readonly only?: ReadonlySet<string> | null;
  /** Where entries are mentioned, by their ids. */
  readonly locations?: ReadonlyMap<string, readonly Mentioned[]>;
  /** Where the configuration is looked for, and npm's; default: beside the file that was read. */
  readonly projectDir?: string;
  /** The manager that is at work there; default: the one whose lockfile was read, else the one that the project uses. */
  readonly manager?: 'npm' | 'pnpm' | null;
  /** Ask the registry for the integrities that the lockfile lacks. */
  readonly fillsIntegrity?: boolean;
};

export type Judged = {
  readonly report: Report;
  readonly verdicts: readonly Verdict[];
  readonly policy: Policy;
  readonly config: LoadedConfig;
};

/**
 * Runs the pipeline over a tree with the real registry, cache, configuration and feeds, and makes the report.
 * `askAlways` asks the registry also about names that the bundled data knows; `changes` are all that is judged.
 *
 * @throws GuardError CONFIG_UNREADABLE, CONFIG_INVALID, REGISTRY_CONFIG_INVALID
 */
export async function judgeAndReport(
  tree: ResolvedTree,
  options: CheckOptions,
  io: Io,
  {
    askAlways = false,
    changes = null,
    only = changes?.changed ?? null,
    locations = new Map(),
    projectDir = projectDirOf(tree, io),
    manager = managerOf(tree),
    fillsIntegrity = false,
  }: JudgeOptions = {},
): Promise<Judged> {
  const startedMs = io.elapsedMs();
  const earlier = changes === null ? null : { ref: changes.since.ref, files: changes.files };
  const judge = await openJudge(options, io, { projectDir, manager, askAlways, fillsIntegrity, earlier });
  try {
    return await judge.judge(tree, { changes, only, locations, startedMs });
  } finally {
    await judge.close();
  }
}

/** Where the project's configuration is looked for: beside the file that was read. */
export function projectDirOf(tree: ResolvedTree, io: Io): string {
  return tree.path === null ? io.cwd : path.dirname(tree.path);
}

const OF_NPM: ReadonlySet<TreeFormat> = new Set<TreeFormat>([
  'package-lock',
  'npm-shrinkwrap',
  'hidden-lockfile',
]);

function managerOf({ format }: ResolvedTree): 'npm' | 'pnpm' | null {
  if (format === 'pnpm-lock') return 'pnpm';
  return OF_NPM.has(format) ? 'npm' : null;
}

import path from 'node:path';
import { composeWorld, type World } from '../compose.js';
import { type LoadedConfig, loadConfig } from '../config/load-config.js';
import { resolvePolicy } from '../config/resolve-policy.js';
import type { Report } from '../model/report.js';
import type { ResolvedTree } from '../model/resolved-tree.js';
import type { Verdict } from '../model/verdict.js';
import { type Judgement, judgeTree } from '../pipeline.js';
import type { Policy } from '../policy/policy.js';
import { buildReport } from '../report/build-report.js';
import { sanitize } from '../report/sanitize.js';
import { isIntegrityCompared } from '../signals/integrity-mismatch.js';
import type { Changes } from '../since/changes-since.js';
import { configNotices } from './config-notices.js';
import type { Io } from './io.js';
import type { CheckOptions } from './options.js';
import { startProgress } from './progress.js';
import { TOOL } from './tool.js';

export type JudgeOptions = {
  readonly askAlways?: boolean;
  readonly changes?: Changes | null;
  /** The ids of the entries to judge; `null` = all, or those that changed. */
  readonly only?: ReadonlySet<string> | null;
  /** Where the configuration is looked for, and npm's; default: beside the file that was read. */
  readonly projectDir?: string;
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
    projectDir = projectDirOf(tree, io),
    fillsIntegrity = false,
  }: JudgeOptions = {},
): Promise<Judged> {
  const startedMs = io.elapsedMs();
  const config = await loadConfig({
    projectDir,
    configFile: options.config === null ? null : path.resolve(io.cwd, options.config),
    env: io.env,
    home: io.home,
    platform: io.platform,
  });
  const policy = resolvePolicy(config, {
    failOn: options.failOn,
    context: /^(?:|0|false)$/i.test(io.env['CI'] ?? '') ? 'interactive' : 'ci',
  });
  const run = {
    nowMs: io.nowMs(),
    signal: AbortSignal.any([io.signal, AbortSignal.timeout(options.timeoutMs)]),
  };
  const feeds = config.feeds.map(({ location, kind }) => ({ source: location, kind }));
  const world = await composeWorld(options, io, {
    projectDir,
    policy,
    feeds,
    askAlways,
    compareIntegrity: fillsIntegrity ? 'missing' : 'at-hand',
    ...run,
  });
  const progress = startProgress(io, options.quiet);
  try {
    const context = { ...run, onProgress: progress.report };
    const judgement = await judgeTree(tree, world.ports, policy, context, only);
    const report = reportOf(tree, judgement, { world, changes, config, startedMs, options, io });
    return { report, verdicts: judgement.verdicts, policy, config };
  } finally {
    progress.end();
    await world.close();
    for (const problem of world.problems()) io.stderr.write(`phantom-guard-install: ${sanitize(problem)}\n`);
  }
}

/** Where the project's configuration is looked for: beside the file that was read. */
export function projectDirOf(tree: ResolvedTree, io: Io): string {
  return tree.path === null ? io.cwd : path.dirname(tree.path);
}

type Run = {
  readonly world: World;
  readonly changes: Changes | null;
  readonly config: LoadedConfig;
  readonly startedMs: number;
  readonly options: CheckOptions;
  readonly io: Io;
};

function reportOf(
  tree: ResolvedTree,
  { verdicts, unchecked, cacheHits }: Judgement,
  { world, changes, config, startedMs, options, io }: Run,
): Report {
  const elapsedMs = Math.round((io.elapsedMs() - startedMs) * 10) / 10;
  const corpus = verdicts.filter(({ decidedBy }) => decidedBy === 'corpus').length;
  const integrityCompared = verdicts.filter(({ subject }) => isIntegrityCompared(subject)).length;
  const registryRequests = world.registryRequests();
  return buildReport({
    tool: TOOL,
    tree,
    since: changes?.since ?? null,
    verdicts,
    unchecked,
    notices: [...configNotices(config), ...world.feeds.notices],
    unreadableFeeds: world.feeds.failures,
    stats: { corpus, cacheHits, registryRequests, integrityCompared, elapsedMs },
    all: options.all,
  });
}

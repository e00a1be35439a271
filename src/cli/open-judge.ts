import path from 'node:path';
import { composeWorld, type World } from '../compose.js';
import type { EarlierProject } from '../config/earlier-config.js';
import { type LoadedConfig, loadConfig } from '../config/load-config.js';
import { resolvePolicy } from '../config/resolve-policy.js';
import { noteUnrepeatable, noteUntil } from '../inputs/trace.js';
import type { Mentioned, Report } from '../model/report.js';
import type { ResolvedTree } from '../model/resolved-tree.js';
import { type Judgement, judgeTree } from '../pipeline.js';
import type { Policy } from '../policy/policy.js';
import { buildReport } from '../report/build-report.js';
import { withoutCommands } from '../report/github/without-commands.js';
import { sanitize } from '../report/sanitize.js';
import { isIntegrityCompared } from '../signals/integrity-mismatch.js';
import type { Changes } from '../since/changes-since.js';
import { configNotices } from './config-notices.js';
import type { Io } from './io.js';
import type { Judged } from './judge-and-report.js';
import type { CheckOptions } from './options.js';
import { pnpmVersionNotices, readPnpmConfig } from './pnpm-config.js';
import { startProgress } from './progress.js';
import { TOOL } from './tool.js';

export type JudgeSetup = {
  /** The folder whose configuration and .npmrc count. */
  readonly projectDir: string;
  /** The manager that is at work there; `null` = the one that the project uses. */
  readonly manager?: 'npm' | 'pnpm' | null;
  readonly askAlways?: boolean;
  readonly fillsIntegrity?: boolean;
  /** The project's files at the ref whose policy counts; `null` = the policy on the disk. */
  readonly earlier?: EarlierProject | null;
};

/** What of a tree is judged. */
export type Scope = {
  readonly changes: Changes | null;
  readonly only: ReadonlySet<string> | null;
  /** Where entries are mentioned, by their ids. */
  readonly locations?: ReadonlyMap<string, readonly Mentioned[]>;
  /** Since when the report counts, by `Io.elapsedMs`. */
  readonly startedMs: number;
};

/** Judges one tree after the other with the configuration, feeds, registry and cache of one project. */
export type Judge = {
  readonly judge: (tree: ResolvedTree, scope: Scope) => Promise<Judged>;
  /** Finishes writing the cache and says what went wrong with it, once. */
  readonly flush: () => Promise<void>;
  /** The same, and drops every connection. */
  readonly close: () => Promise<void>;
};

const NOWHERE: ReadonlyMap<string, readonly Mentioned[]> = new Map();

const DAY_MS = 24 * 60 * 60_000;

type Opened = {
  readonly world: World;
  readonly policy: Policy;
  readonly config: LoadedConfig;
  readonly notices: readonly string[];
  readonly nowMs: number;
};

/** @throws GuardError CONFIG_UNREADABLE, CONFIG_INVALID, REGISTRY_CONFIG_INVALID */
export async function openJudge(options: CheckOptions, io: Io, setup: JudgeSetup): Promise<Judge> {
  const { projectDir, manager = null, askAlways = false, fillsIntegrity = false, earlier = null } = setup;
  const config = await loadConfig({
    projectDir,
    configFile: options.config === null ? null : path.resolve(io.cwd, options.config),
    earlier,
    env: io.env,
    home: io.home,
    platform: io.platform,
  });
  const policy = resolvePolicy(config, {
    failOn: options.failOn,
    context: /^(?:|0|false)$/i.test(io.env['CI'] ?? '') ? 'interactive' : 'ci',
  });
  const nowMs = io.nowMs();
  noteWhatPasses(policy, config);
  const feeds = config.feeds.map(({ location, kind }) => ({ source: location, kind }));
  const compareIntegrity = fillsIntegrity ? 'missing' : 'at-hand';
  const signal = limited(options, io);
  const pnpm = await readPnpmConfig(projectDir, manager, io);
  const from = { projectDir, pnpm, policy, feeds, sharedStore: config.store } as const;
  const where = { ...from, askAlways, compareIntegrity, nowMs, signal } as const;
  const world = await composeWorld(options, io, where);
  const notices = [...configNotices(config), ...(await pnpmVersionNotices(pnpm, projectDir, options, io))];
  const opened: Opened = { world, policy, config, notices, nowMs };
  const said = new Set<string>();
  const sayProblems = (): void => {
    for (const problem of world.problems().filter((one) => !said.has(one))) {
      said.add(problem);
      io.stderr.write(`phantom-guard-install: ${withoutCommands(sanitize(problem))}\n`);
    }
  };
  return {
    judge: async (tree, scope) => await judgeWith(opened, tree, scope, options, io),
    flush: async () => {
      await world.flush();
      sayProblems();
    },
    close: async () => {
      await world.close();
      sayProblems();
    },
  };
}

/** Feeds change at any time, exceptions end. */
function noteWhatPasses({ exceptions }: Policy, { feeds }: LoadedConfig): void {
  if (feeds.length > 0) noteUnrepeatable();
  for (const { expires } of exceptions) if (expires !== null) noteUntil(Date.parse(expires) + DAY_MS);
}

function limited({ timeoutMs }: CheckOptions, { signal }: Io): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
}

async function judgeWith(
  { world, policy, config, notices, nowMs }: Opened,
  tree: ResolvedTree,
  { changes, only, locations = NOWHERE, startedMs }: Scope,
  options: CheckOptions,
  io: Io,
): Promise<Judged> {
  const progress = startProgress(io, options.quiet);
  try {
    const context = { nowMs, signal: limited(options, io), onProgress: progress.report };
    const judgement = await judgeTree(tree, world.ports, policy, context, only);
    const elapsedMs = Math.round((io.elapsedMs() - startedMs) * 10) / 10;
    const report = reportOf(tree, judgement, {
      world,
      changes,
      locations,
      notices,
      elapsedMs,
      all: options.all,
    });
    return { report, verdicts: judgement.verdicts, policy, config };
  } finally {
    progress.end();
  }
}

type Run = {
  readonly world: World;
  readonly locations: ReadonlyMap<string, readonly Mentioned[]>;
  readonly changes: Changes | null;
  readonly notices: readonly string[];
  readonly elapsedMs: number;
  readonly all: boolean;
};

function reportOf(
  tree: ResolvedTree,
  { verdicts, unchecked, cacheHits }: Judgement,
  { world, changes, locations, notices, elapsedMs, all }: Run,
): Report {
  const corpus = verdicts.filter(({ decidedBy }) => decidedBy === 'corpus').length;
  const integrityCompared = verdicts.filter(({ subject }) => isIntegrityCompared(subject)).length;
  const registryRequests = world.registryRequests();
  return buildReport({
    tool: TOOL,
    tree,
    since: changes?.since ?? null,
    verdicts,
    locations,
    unchecked,
    notices: [...notices, ...world.feeds.notices],
    unreadableFeeds: world.feeds.failures,
    stats: { corpus, cacheHits, registryRequests, integrityCompared, elapsedMs },
    all,
  });
}

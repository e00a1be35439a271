import { composeWorld } from '../compose.js';
import type { Report } from '../model/report.js';
import type { ResolvedTree } from '../model/resolved-tree.js';
import type { Verdict } from '../model/verdict.js';
import { type Judgement, judgeTree } from '../pipeline.js';
import { DEFAULT_POLICY, type Policy } from '../policy/policy.js';
import { buildReport } from '../report/build-report.js';
import { sanitize } from '../report/sanitize.js';
import { isIntegrityCompared } from '../signals/integrity-mismatch.js';
import type { Io } from './io.js';
import type { CheckOptions } from './options.js';
import { startProgress } from './progress.js';
import { TOOL } from './tool.js';

export type Judged = { readonly report: Report; readonly verdicts: readonly Verdict[] };

/**
 * Runs the pipeline over a tree with the real registry and cache, and makes the report. `askAlways` asks the registry
 * also about names that the bundled data knows.
 */
export async function judgeAndReport(
  tree: ResolvedTree,
  options: CheckOptions,
  io: Io,
  { askAlways } = { askAlways: false },
): Promise<Judged> {
  const startedMs = io.elapsedMs();
  const policy: Policy = { ...DEFAULT_POLICY, failOn: options.failOn };
  const world = await composeWorld(options, io, tree, { policy, askAlways });
  const progress = startProgress(io, options.quiet);
  try {
    const judgement = await judgeTree(tree, world.ports, policy, {
      nowMs: io.nowMs(),
      signal: AbortSignal.any([io.signal, AbortSignal.timeout(options.timeoutMs)]),
      onProgress: progress.report,
    });
    return {
      report: reportOf(tree, judgement, world.registryRequests(), startedMs, options, io),
      verdicts: judgement.verdicts,
    };
  } finally {
    progress.end();
    await world.close();
    for (const problem of world.problems()) io.stderr.write(`phantom-guard-install: ${sanitize(problem)}\n`);
  }
}

function reportOf(
  tree: ResolvedTree,
  { verdicts, unchecked, cacheHits }: Judgement,
  registryRequests: number,
  startedMs: number,
  { all }: CheckOptions,
  io: Io,
): Report {
  const elapsedMs = Math.round((io.elapsedMs() - startedMs) * 10) / 10;
  const corpus = verdicts.filter(({ decidedBy }) => decidedBy === 'corpus').length;
  const integrityCompared = verdicts.filter(({ subject }) => isIntegrityCompared(subject)).length;
  const stats = { corpus, cacheHits, registryRequests, integrityCompared, elapsedMs };
  return buildReport({ tool: TOOL, tree, verdicts, unchecked, notices: [], stats, all });
}

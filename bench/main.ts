// npm run bench [-- --filter PERF007] [--json FILE] [--baseline FILE [--fail-on-loss]] [--summary FILE]
// npm run bench:budgets [-- --ci]
import { writeFileSync } from 'node:fs';
import { type Change, compareWith, slowerStages, worstFactor } from './perf/baseline.js';
import { breachedStages, type Judged, judgeBudgets, worstExcess } from './perf/budgets.js';
import { confirmResults } from './perf/confirm.js';
import { readEnvironment } from './perf/environment.js';
import { readBenchOptions } from './perf/options.js';
import { renderBudgets, renderChanges, renderResults, renderSkipped } from './perf/render.js';
import { readBudgets, readRun, writeRun } from './perf/run-file.js';
import type { StageResult } from './perf/stage.js';
import { runStages } from './perf/suite.js';
import { STAGES } from './stages/index.js';

/** How often a breach or a loss is measured again before it counts. */
const ATTEMPTS = 2;

const options = readBenchOptions(process.argv.slice(2));
const table = readBudgets();
const withBudget = new Set(
  table.rows.flatMap(({ id, limits }) => (limits.some(({ budget }) => budget !== null) ? [id] : [])),
);
const stages = STAGES.filter(
  ({ id }) =>
    (options.filter.length === 0 || options.filter.some((one) => id.startsWith(one.toUpperCase()))) &&
    (!options.ci || withBudget.has(id)),
);
const baseline = options.baseline === null ? null : readRun(options.baseline).stages;

// First: a commit while it measures would name another program.
const environment = readEnvironment();
const results = await measureAll();
const judged = judge(results);
const changes = baseline === null ? [] : compareWith(baseline, results);
const parts = [
  renderResults(results),
  renderBudgets(judged, table),
  ...(baseline === null ? [] : [renderChanges(changes)]),
  renderSkipped(results),
];
const text = parts.filter((part) => part !== '').join('\n\n');
console.log(text);
if (options.summary !== null) writeFileSync(options.summary, `${text}\n`);
if (options.json !== null) writeRun(options.json, { environment, stages: results });
warn(judged, changes);
if (options.budgets && breachedStages(judged).size > 0) process.exitCode = 1;
if (options.failOnLoss && slowerStages(changes).size > 0) process.exitCode = 1;

async function measureAll(): Promise<readonly StageResult[]> {
  const measure = (ids: ReadonlySet<string>) =>
    runStages(
      stages.filter(({ id }) => ids.has(id)),
      { isBrief: options.ci },
      (line) => process.stderr.write(`${line}\n`),
    );
  const once = await measure(new Set(stages.map(({ id }) => id)));
  const kept = options.budgets
    ? await confirmResults(
        once,
        {
          suspects: (all) => breachedStages(judge(all)),
          badness: (one) => worstExcess(judgeBudgets(table, [one], options.ci)),
        },
        ATTEMPTS,
        measure,
      )
    : once;
  if (baseline === null) return kept;
  return await confirmResults(
    kept,
    {
      suspects: (all) => slowerStages(compareWith(baseline, all)),
      badness: (one) => worstFactor(baseline, one),
    },
    ATTEMPTS,
    measure,
  );
}

/** The limits of the stages that were to be measured; in CI those with a budget. */
function judge(all: readonly StageResult[]): readonly Judged[] {
  const ids = new Set(stages.map(({ id }) => id));
  return judgeBudgets(table, all, options.ci).filter(
    ({ id, limit }) => ids.has(id) && (!options.ci || limit.budget !== null),
  );
}

function warn(limits: readonly Judged[], compared: readonly Change[]): void {
  for (const { id, limit, standing } of limits) {
    if (standing === 'goal-missed') console.error(`goal missed: ${id} ${limit.measure} ${limit.statistic}`);
    if (standing === 'breached') console.error(`BUDGET BREACHED: ${id} ${limit.measure} ${limit.statistic}`);
  }
  for (const { id, measure, factor, verdict } of compared)
    if (verdict === 'loss' || verdict === 'alert')
      console.error(`${verdict}: ${id} ${measure} takes ${factor.toFixed(2)} times as much as the baseline`);
}

// npm run bench [-- --filter PERF007] [--json FILE] [--baseline FILE [--fail-on-loss]] [--summary FILE]
// npm run bench:budgets [-- --ci]
import { writeFileSync } from 'node:fs';
import { betterOf, compareWith } from './perf/baseline.js';
import { judgeBudgets } from './perf/budgets.js';
import { readEnvironment } from './perf/environment.js';
import { readBenchOptions } from './perf/options.js';
import { renderBudgets, renderChanges, renderResults, renderSkipped } from './perf/render.js';
import { readBudgets, readRun, writeRun } from './perf/run-file.js';
import type { Stage, StageResult } from './perf/stage.js';
import { runStages } from './perf/suite.js';
import { STAGES } from './stages/index.js';

const options = readBenchOptions(process.argv.slice(2));
const budgets = readBudgets();
const stages = STAGES.filter(
  ({ id }) => options.filter.length === 0 || options.filter.some((one) => id.startsWith(one.toUpperCase())),
);
const baseline = options.baseline === null ? null : readRun(options.baseline).stages;
const run = (which: readonly Stage[]) =>
  runStages(which, { isBrief: options.ci }, (line) => process.stderr.write(`${line}\n`));

const results = baseline === null ? await run(stages) : await confirm(baseline, await run(stages));
const judged = judgeBudgets(budgets, results, options.ci).filter(({ id }) =>
  stages.some((stage) => stage.id === id),
);
const changes = baseline === null ? [] : compareWith(baseline, results);
const losses = changes.filter(({ verdict }) => verdict === 'loss' || verdict === 'alert');
const parts = [
  renderResults(results),
  renderBudgets(judged, budgets),
  ...(baseline === null ? [] : [renderChanges(changes)]),
  renderSkipped(results),
];
const text = parts.filter((part) => part !== '').join('\n\n');
console.log(text);
if (options.summary !== null) writeFileSync(options.summary, `${text}\n`);
if (options.json !== null) writeRun(options.json, { environment: readEnvironment(), stages: results });

for (const { id, limit, standing } of judged) {
  if (standing === 'goal-missed') console.error(`goal missed: ${id} ${limit.measure} ${limit.statistic}`);
  if (standing === 'breached') console.error(`BUDGET BREACHED: ${id} ${limit.measure} ${limit.statistic}`);
}
for (const { id, measure, factor, verdict } of losses)
  console.error(`${verdict}: ${id} ${measure} takes ${factor.toFixed(2)} times as much as the baseline`);
if (options.budgets && judged.some(({ standing }) => standing === 'breached')) process.exitCode = 1;
if (options.failOnLoss && losses.length > 0) process.exitCode = 1;

/** What seems slower than the baseline is measured once more: a loss shows twice. */
async function confirm(
  before: readonly StageResult[],
  first: readonly StageResult[],
): Promise<readonly StageResult[]> {
  const slower = new Set(
    compareWith(before, first).flatMap(({ id, verdict }) =>
      verdict === 'loss' || verdict === 'alert' ? [id] : [],
    ),
  );
  if (slower.size === 0) return first;
  return betterOf(before, first, await run(stages.filter(({ id }) => slower.has(id))));
}

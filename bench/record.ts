// npm run bench:record [-- --from FILE]: measures everything (or takes a run that --json wrote) and writes
// docs/performance/BASELINE_MEASUREMENTS.md and bench/baseline.json.
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { judgeBudgets } from './perf/budgets.js';
import { readEnvironment } from './perf/environment.js';
import { renderDocument } from './perf/render-document.js';
import { type RunFile, readBudgets, readRun, writeRun } from './perf/run-file.js';
import { runStages } from './perf/suite.js';
import { STAGES } from './stages/index.js';

const DOCUMENT = 'docs/performance/BASELINE_MEASUREMENTS.md';
const BASELINE = 'bench/baseline.json';

const { values } = parseArgs({ options: { from: { type: 'string' } } });
const run = values.from === undefined ? await measure() : readRun(values.from);
const budgets = readBudgets();
mkdirSync('docs/performance', { recursive: true });
writeFileSync(DOCUMENT, renderDocument(run, judgeBudgets(budgets, run.stages, false), budgets));
writeRun(BASELINE, run);
console.log(`wrote ${DOCUMENT} and ${BASELINE}`);

async function measure(): Promise<RunFile> {
  // First: a commit while it measures would name another program.
  const environment = readEnvironment();
  const log = (line: string) => process.stderr.write(`${line}\n`);
  return { environment, stages: await runStages(STAGES, { isBrief: false }, log) };
}

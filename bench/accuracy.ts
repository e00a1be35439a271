import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadNameData } from '../src/names/load-name-data.js';
import { explainOne } from './accuracy/explain-one.js';
import { startLoopback } from './accuracy/loopback.js';
import type { Measured } from './accuracy/measured.js';
import { createNameSets } from './accuracy/name-sets.js';
import { type Options, readOptions } from './accuracy/options.js';
import { record } from './accuracy/record.js';
import { renderBound, renderRoc, renderScenarios } from './accuracy/render.js';
import { renderNames } from './accuracy/render-names.js';
import { type Laboratory, runScenario } from './accuracy/run-scenario.js';
import { SCENARIOS } from './accuracy/scenarios.js';
import { percent } from './accuracy/table.js';
import { toJson } from './accuracy/to-json.js';
import { runTrees } from './accuracy/trees.js';
import { VARIANTS } from './accuracy/variants.js';

// npm run bench:accuracy [-- --check] [--record] [--explain] [--json FILE] [--scenario ID]… [--trees [--registry URL]]
const ALL = [...SCENARIOS, ...VARIANTS];
const options = readOptions(process.argv.slice(2));
const ids = [...ALL.map(({ id }) => id), 'trees'];
const unknown = options.scenarios.filter((id) => !ids.includes(id));
if (unknown.length > 0) throw new Error(`no scenario ${unknown.join(', ')}; there are ${ids.join(', ')}`);
if (options.record && options.scenarios.length > 0) throw new Error('--record takes the whole table');

const startedMs = performance.now();
const data = loadNameData();
const sets = createNameSets(data);
const { measured, skipped } = await runAll(options);
const table = renderScenarios(measured);
const roc = renderRoc(measured);
const names = renderNames(sets, data);
console.log(`${table}\n\n${roc}\n\n${names}`);
if (skipped.length > 0) {
  console.log(`\nskipped, as ../shared/eval isn't on this machine (set EVAL_DIR): ${skipped.join(', ')}`);
}
if (options.explain) for (const row of measured) console.log(`\n${explainOne(row)}`);
if (options.json !== null) writeFileSync(options.json, `${JSON.stringify(toJson(measured), null, 1)}\n`);
if (options.record && skipped.length > 0) throw new Error('--record takes the whole table');
if (options.record) record([table, roc].join('\n\n'));
console.log(`\n${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
report(measured);

async function runAll({ scenarios, trees, registry }: Options) {
  const loopback = await startLoopback();
  const directory = mkdtempSync(join(tmpdir(), 'phantom-guard-accuracy-'));
  const laboratory: Laboratory = { loopback, sets, data, directory };
  const rows: Measured[] = [];
  const without: string[] = [];
  const keep = (id: string, row: Measured | null): void => {
    if (row === null) without.push(id);
    else rows.push(row);
  };
  try {
    for (const scenario of ALL.filter(({ id }) => scenarios.length === 0 || scenarios.includes(id))) {
      keep(scenario.id, await runScenario(scenario, laboratory));
    }
    if (trees || scenarios.includes('trees')) keep('trees', await runTrees(registry));
  } finally {
    await loopback.close();
    rmSync(directory, { recursive: true, force: true });
  }
  return { measured: rows, skipped: without };
}

/** Names every bound that was missed; with --check they are the exit status. */
function report(rows: readonly Measured[]): void {
  for (const { scenario, missed, undecided, n, ...figures } of rows) {
    for (const bound of missed) {
      console.error(
        `${scenario.id}: ${bound.figure} is ${percent(figures[bound.figure].share, 2)} of ${n}, required ${renderBound(bound)}`,
      );
    }
    if (undecided > 0) console.error(`${scenario.id}: ${undecided} of ${n} are undecided`);
    const failed = missed.length > 0 || (undecided > 0 && !scenario.setting.offline);
    if (options.check && failed) process.exitCode = 1;
  }
}

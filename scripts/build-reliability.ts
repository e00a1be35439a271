// Writes docs/reliability.md from what runs have recorded: npm run build:reliability -- [--tests FILE] [--check]. Without a file the
// attack suite is run. With --check nothing is written: the rows of FILE, which is coverage/tests.json by default, must be those
// of the page, and the page must be what the records give.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readFaultRecord } from '../bench/faults/record.js';
import { readRecord } from '../test/fuzz/record.js';
import { type AttackRow, attackRows, type TestReport } from './reliability/attack-rows.js';
import { compareRows, mergeRows } from './reliability/compare-rows.js';
import { reliabilityPage } from './reliability/page.js';

const PAGE = 'docs/reliability.md';
const ROWS = 'test/hostile/recorded.json';
const REPORT = 'coverage/tests.json';

function readRows(file: string): readonly AttackRow[] {
  return attackRows(JSON.parse(readFileSync(file, 'utf8')) as TestReport);
}

/** vitest.config.ts says where its report goes. */
function runSuite(): string {
  const env = { ...process.env, PHANTOM_GUARD_WHOLE_MATRIX: '1' };
  spawnSync('npx', ['vitest', 'run', 'test/hostile'], { env, stdio: ['ignore', 2, 2] });
  return REPORT;
}

const { values } = parseArgs({
  options: { tests: { type: 'string' }, check: { type: 'boolean', default: false } },
});
const recorded = existsSync(ROWS) ? (JSON.parse(readFileSync(ROWS, 'utf8')) as readonly AttackRow[]) : [];
const run = readRows(values.tests ?? (values.check ? REPORT : runSuite()));
const objections = values.check ? compareRows(recorded, run) : compareRows(run, run);
const attacks = values.check ? recorded : mergeRows(recorded, run);
const text = reliabilityPage({ attacks, fuzzing: readRecord(), faults: readFaultRecord() });

for (const objection of objections) console.error(objection);
if (values.check && readFileSync(PAGE, 'utf8') !== text) {
  console.error(`${PAGE} is out of date: run "npm run build:reliability"`);
  process.exitCode = 1;
}
if (objections.length > 0) process.exitCode = 1;
else if (!values.check) {
  writeFileSync(ROWS, `[\n${attacks.map((row) => `  ${JSON.stringify(row)}`).join(',\n')}\n]\n`);
  writeFileSync(PAGE, text);
  console.log(`${PAGE}: ${attacks.length} attacks`);
}

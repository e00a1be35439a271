import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { managers as findManagers } from '../support/managers.js';
import { currentCommit } from './commit.js';
import { EXPECTED } from './expected.js';
import { GUARDS } from './guards.js';
import { printDetails, printExpected, printResult, say } from './print.js';
import { isGood, runMatrix } from './run-matrix.js';
import { SCENARIOS } from './scenarios.js';
import { allPlaces, samplePlaces } from './select.js';
import { readRecorded, renderTables, replaceRecorded } from './table.js';

// npm run test:matrix [-- [--sample] [--guard ID]… [--scenario ID]… [--npm MAJOR]… [--jobs N] [--verbose] [--record]]
const FILE = 'docs/enforcement.md';
const list = { type: 'string', multiple: true } as const;
const { values } = parseArgs({
  options: {
    sample: { type: 'boolean' },
    verbose: { type: 'boolean' },
    record: { type: 'boolean' },
    guard: list,
    scenario: list,
    npm: list,
    jobs: { type: 'string', default: '2' },
  },
});

/** Without --guard: those of which something is expected. */
const guards = GUARDS.filter(({ id }) => values.guard?.includes(id) ?? EXPECTED[id] !== undefined);
const scenarios = SCENARIOS.filter(({ id }) => values.scenario?.includes(id) ?? true);
/** A run takes minutes: what is committed meanwhile is not what was run. */
const commit = currentCommit();
const { managers: found, skipped } = findManagers();
const managers = found.filter(({ major }) => values.npm?.includes(`${major}`) ?? true);
for (const sentence of skipped) say(`skipped: ${sentence}`);

const places = (values.sample ? samplePlaces : allPlaces)({ guards, managers, scenarios });
const results = await runMatrix(places, Number(values.jobs), printResult);
const notGood = results.filter((result) => !isGood(result));
printDetails(values.verbose ? results : notGood);
if (results.length === 0) say('no cell was run');
if (results.length === 0 || notGood.length > 0) process.exitCode = 1;

/** With --record the tables of some guards only: the others are to be run before the document is of use. */
const isWhole =
  !values.sample &&
  (!values.guard || values.record) &&
  !values.scenario &&
  !values.npm &&
  skipped.length === 0;
if (!values.sample && results.some(({ text, expected }) => text !== expected)) printExpected(results);
else if (isWhole && process.exitCode === undefined) record();

/** Writes the tables into the document, with the commit that they hold for. */
function record(): void {
  const document = readFileSync(FILE, 'utf8');
  const recorded = { commit, guards: guards.map(({ id }) => id) };
  const tables = renderTables(results, new Date().toISOString().slice(0, 10));
  writeFileSync(FILE, replaceRecorded(document, recorded, tables));
  say(`${FILE}: ${readRecorded(document).commit} → ${recorded.commit}`);
}

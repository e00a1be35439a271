import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { printDetails, printExpected, printResult, say } from '../matrix/print.js';
import { runMatrix } from '../matrix/run-matrix.js';
import { replaceRecorded } from '../matrix/table.js';
import { pnpmManagers } from '../support/pnpm-managers.js';
import { currentCommit } from './commit.js';
import { isAsExpected } from './expected.js';
import { GUARDS } from './guards.js';
import { isGood, runPlace } from './run-matrix.js';
import { SCENARIOS } from './scenarios.js';
import { allPlaces, samplePlaces } from './select.js';
import { renderTable } from './table.js';

// npm run test:matrix-pnpm [-- [--sample] [--guard ID]… [--scenario ID]… [--pnpm MAJOR|VERSION]… [--jobs N] [--verbose]]
const FILE = 'docs/enforcement-pnpm.md';
const list = { type: 'string', multiple: true } as const;
const { values } = parseArgs({
  options: {
    sample: { type: 'boolean' },
    verbose: { type: 'boolean' },
    guard: list,
    scenario: list,
    pnpm: list,
    jobs: { type: 'string', default: '2' },
  },
});

const guards = GUARDS.filter(({ id }) => values.guard?.includes(id) ?? true);
const scenarios = SCENARIOS.filter(({ id }) => values.scenario?.includes(id) ?? true);
/** A run takes minutes: what is committed meanwhile is not what was run. */
const commits = new Map(guards.map(({ id }) => [id, currentCommit(id)]));
const { managers: found, skipped } = pnpmManagers();
const managers = found.filter(
  ({ major, version }) => values.pnpm?.some((one) => one === `${major}` || one === version) ?? true,
);
for (const sentence of skipped) say(`skipped: ${sentence}`);

const places = (values.sample ? samplePlaces : allPlaces)({ guards, managers, scenarios });
const results = await runMatrix(places, runPlace, Number(values.jobs), (result) =>
  printResult(result, isGood(result)),
);
const notGood = results.filter((result) => !isGood(result));
printDetails(values.verbose ? results : notGood);
if (results.length === 0) say('no cell was run');
if (results.length === 0 || notGood.length > 0) process.exitCode = 1;

/** Every row and version of a guard makes its table. */
const isWhole = !values.sample && !values.scenario && !values.pnpm && skipped.length === 0;
if (
  !values.sample &&
  results.some(({ text, expected }) => expected === null || !isAsExpected(text, expected))
)
  printExpected(results);
else if (isWhole && process.exitCode === undefined) record();

/** Writes the tables into the document, each with the commit that it holds for. */
function record(): void {
  const date = new Date().toISOString().slice(0, 10);
  for (const guard of guards) {
    const own = results.filter((result) => result.guard === guard);
    const commit = commits.get(guard.id) ?? 'unknown';
    const document = readFileSync(FILE, 'utf8');
    writeFileSync(FILE, replaceRecorded(document, guard.id, commit, renderTable(guard, own, date)));
    say(`${FILE}: ${guard.id} recorded on ${commit}`);
  }
}

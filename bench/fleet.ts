// npm run simulate:fleet: what a fleet asks of registry and store in a day; writes the table of docs/fleet.md.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { measureEntry } from './fleet/measure-entry.js';
import { measureTrees } from './fleet/measure-trees.js';
import { renderFleet } from './fleet/render-fleet.js';
import { type Fleet, simulateDay } from './fleet/simulate-day.js';
import { readHallucinated } from './names/sets.js';
import { changeBlock } from './recorded-block.mjs';

const PROJECTS = 1_000;

const EVAL = path.resolve(process.env['EVAL_DIR'] ?? '../shared/eval');
if (!existsSync(EVAL)) {
  console.log(`skipped: ${EVAL} is not here (set EVAL_DIR)`);
  process.exit();
}
const trees = await measureTrees(path.join(EVAL, 'lockfiles'));
const invented = readHallucinated() ?? [];

const base: Omit<Fleet, 'projects'> = {
  developers: 10_000,
  checksEach: 8,
  ciRuns: 100_000,
  invented,
  inventedShare: 0.01,
  storeOutage: null,
};
/** Each project has one of the measured trees. */
const alike = Array.from({ length: PROJECTS }, (_, index) => trees[index % trees.length]?.open ?? []);
/** As many names for each project, but its own: the worst case. */
const apart = alike.map((names, index) => names.map((name) => `${name} of ${index}`));

const cases = [
  { title: 'no store, names as measured', day: simulateDay({ ...base, projects: alike }, false) },
  { title: 'store, names as measured', day: simulateDay({ ...base, projects: alike }, true) },
  {
    title: 'no store, each project with names of its own',
    day: simulateDay({ ...base, projects: apart }, false),
  },
  {
    title: 'store, each project with names of its own',
    day: simulateDay({ ...base, projects: apart }, true),
  },
  {
    title: 'the same, the store down from 10 to 11',
    day: simulateDay({ ...base, projects: apart, storeOutage: [10, 11] }, true),
  },
];
const text = renderFleet(trees, await measureEntry(), base, cases);
console.log(text);
changeBlock('docs/fleet.md', 'simulate:fleet', () => text);

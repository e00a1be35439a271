import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EXPECTED, expectedOf, MAJORS } from '../../matrix/expected.js';
import { appliesTo, GUARDS, type GuardId } from '../../matrix/guards.js';
import { LEVELS, type Level } from '../../matrix/levels.js';
import { WORST, worstAllowed } from '../../matrix/rules.js';
import { SCENARIOS } from '../../matrix/scenarios.js';
import { readRecorded } from '../../matrix/table.js';

const document = readFileSync('docs/enforcement.md', 'utf8');
const rowsOf = (id: GuardId) => SCENARIOS.filter((scenario) => appliesTo(id, scenario));
const expectedGuards = GUARDS.filter(({ id }) => EXPECTED[id] !== undefined);

describe('what is expected of the matrix', () => {
  it.each(expectedGuards)('names every row for $id, and no other', ({ id }) => {
    expect(Object.keys(EXPECTED[id] ?? {})).toEqual(rowsOf(id).map((scenario) => scenario.id));
  });

  it.each(expectedGuards)('is in docs/enforcement.md for $id', ({ id, title }) => {
    const table = document.split(`\n### ${title}\n`)[1]?.split('\n### ')[0] ?? '';
    const rows = rowsOf(id).map((scenario) => {
      const cells = [scenario.title, ...(EXPECTED[id]?.[scenario.id] ?? [])];
      return `| ${cells.join(' | ')} |`;
    });
    expect(table.split('\n')).toEqual(expect.arrayContaining(rows));
    expect(readRecorded(document)).toHaveProperty(id);
  });

  it.each(Object.keys(WORST) as GuardId[])('is never worse for %s than the rule allows', (id) => {
    const rank = (cell: string): number => LEVELS.indexOf(cell.split(',')[0] as Level);
    const tooBad = rowsOf(id).flatMap((scenario) =>
      MAJORS.filter((major) => {
        const worst = worstAllowed(id, major, scenario);
        const cell = expectedOf(id, scenario.id, major);
        return worst !== null && cell !== null && rank(cell) > LEVELS.indexOf(worst);
      }).map((major) => `${scenario.id} on npm ${major}`),
    );
    expect(tooBad).toEqual([]);
  });
});

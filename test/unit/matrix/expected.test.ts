import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EXPECTED } from '../../matrix/expected.js';
import { GUARDS } from '../../matrix/guards.js';
import { LEVELS, type Level } from '../../matrix/levels.js';
import { WORST } from '../../matrix/rules.js';
import { SCENARIOS } from '../../matrix/scenarios.js';
import { readRecorded } from '../../matrix/table.js';

const document = readFileSync('docs/enforcement.md', 'utf8');
const expectedGuards = GUARDS.filter(({ id }) => EXPECTED[id] !== undefined);

describe('what is expected of the matrix', () => {
  it.each(expectedGuards)('names every row for $id, and no other', ({ id }) => {
    expect(Object.keys(EXPECTED[id] ?? {})).toEqual(SCENARIOS.map((scenario) => scenario.id));
  });

  it.each(expectedGuards)('is in docs/enforcement.md for $id', ({ id, title }) => {
    const table = document.split(`\n### ${title}\n`)[1]?.split('\n### ')[0] ?? '';
    const rows = SCENARIOS.map((scenario) => {
      const cells = [scenario.title, ...(EXPECTED[id]?.[scenario.id] ?? [])];
      return `| ${cells.join(' | ')} |`;
    });
    expect(table.split('\n')).toEqual(expect.arrayContaining(rows));
    expect(readRecorded(document).guards).toContain(id);
  });

  it.each(Object.entries(WORST))('is never worse for %s than %s', (id, worst) => {
    const cells = Object.values(EXPECTED[id as keyof typeof EXPECTED] ?? {}).flat();
    const rank = (cell: string): number => LEVELS.indexOf(cell.split(',')[0] as Level);
    expect(cells.filter((cell) => rank(cell) > LEVELS.indexOf(worst))).toEqual([]);
  });
});

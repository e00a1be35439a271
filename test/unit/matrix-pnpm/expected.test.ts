import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readRecorded } from '../../matrix/table.js';
import { EXPECTED, isAsExpected, VERSIONS } from '../../matrix-pnpm/expected.js';
import { GUARDS } from '../../matrix-pnpm/guards.js';
import { SCENARIOS } from '../../matrix-pnpm/scenarios.js';

const document = readFileSync('docs/enforcement-pnpm.md', 'utf8');
const pins = JSON.parse(readFileSync('test/support/toolchain.json', 'utf8')) as {
  readonly pnpm: readonly { readonly version: string }[];
};
/** A column gets its expectations when its table is recorded. */
const KEPT = GUARDS.filter(({ id }) => readRecorded(document)[id] !== undefined);
/** Where pnpm calls no hook of a project. */
const OPEN = ['dlx', 'dlx-workspace', 'ignore-pnpmfile', 'global'];

describe('what is expected of the matrix of pnpm', () => {
  it('is about the versions of the toolchain', () => {
    expect(VERSIONS).toEqual(pins.pnpm.map(({ version }) => version));
  });

  it.each(KEPT)('names every row for $id, and no other', ({ id }) => {
    expect(Object.keys(EXPECTED[id])).toEqual(SCENARIOS.map((scenario) => scenario.id));
    for (const row of Object.values(EXPECTED[id])) expect(row).toHaveLength(VERSIONS.length);
  });

  it.each(KEPT)('is in docs/enforcement-pnpm.md for $id', ({ id, title }) => {
    const table = document.split(`\n### ${title}\n`)[1]?.split('\n### ')[0] ?? '';
    const rows = SCENARIOS.map((scenario) => {
      // A version that knows no such guard has no column.
      const offered = (EXPECTED[id][scenario.id] ?? []).filter((cell) => cell !== '–');
      const cells = [scenario.title, ...offered];
      return `| ${cells.join(' | ')} |`;
    });
    expect(table.split('\n')).toEqual(expect.arrayContaining(rows));
  });

  it('is never worse than T2 for the pnpmfile where its hooks are called', () => {
    const rows = Object.entries(EXPECTED.pnpmfile).filter(([id]) => !OPEN.includes(id));
    const cells = rows.flatMap(([, row]) => row);
    expect(cells.filter((cell) => !/^T[012](?:, control landed)?$/.test(cell))).toEqual([]);
  });

  it('is never worse than T2 for the config dependency where its hooks are called', () => {
    const rows = Object.entries(EXPECTED.configdep).filter(([id]) => !OPEN.includes(id));
    expect(rows).toHaveLength(SCENARIOS.length - OPEN.length);
    const cells = rows.flatMap(([, row]) => row);
    const allowed = /^(?:–|T[012](?:, project changed)?(?:, control landed)?)$/;
    expect(cells.filter((cell) => !allowed.test(cell))).toEqual([]);
  });

  it('is met by an install that was stopped earlier, and by nothing else', () => {
    expect(isAsExpected('T0', 'T2')).toBe(true);
    expect(isAsExpected('T2', 'T2')).toBe(true);
    expect(isAsExpected('T2', 'T0')).toBe(false);
    expect(isAsExpected('T0, exit 0', 'T2')).toBe(false);
    expect(isAsExpected('T0', 'ran')).toBe(false);
  });
});

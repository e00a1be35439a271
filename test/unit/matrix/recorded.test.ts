import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { GUARDED_PATHS, git, includesChange, lastChangeOf } from '../../matrix/commit.js';
import { GUARDS } from '../../matrix/guards.js';
import { readRecorded } from '../../matrix/table.js';

const recorded = readRecorded(readFileSync('docs/enforcement.md', 'utf8'));
const hasHistory = git('rev-parse', '--is-shallow-repository') === 'false';

describe.skipIf(!hasHistory)('the recorded tables of the matrix', () => {
  it.each(GUARDS)(
    'are not older than the last change to $id; else: npm run test:matrix -- --guard $id',
    ({ id }) => {
      expect(recorded[id]).toMatch(/^[0-9a-f]{40}$/);
      const change = lastChangeOf(id);
      expect(change === null || includesChange(recorded[id] ?? '', change)).toBe(true);
    },
  );
});

/** Loaded by pnpm only: docs/enforcement-pnpm.md. */
const PNPM = ['pnpmfile.cjs', 'pnpmfile-stub.cjs'];

describe('what a table depends on', () => {
  // A folder that has moved would never make a table old.
  it.each(Object.values(GUARDED_PATHS).flat())('%s is there', (folder) => {
    expect(existsSync(folder)).toBe(true);
  });

  it('has every file of hooks/ that npm loads', () => {
    const isOther = (file: string): boolean => file === 'README.md' || PNPM.includes(file);
    const files = readdirSync('hooks').filter((file) => !isOther(file));
    const named = Object.values(GUARDED_PATHS).flat();
    expect(files.filter((file) => !named.includes(`hooks/${file}`))).toEqual([]);
  });
});

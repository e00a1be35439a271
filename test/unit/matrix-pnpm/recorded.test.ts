import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { git, includesChange } from '../../matrix/commit.js';
import { readRecorded } from '../../matrix/table.js';
import { GUARDED_PATHS, lastChangeOf } from '../../matrix-pnpm/commit.js';
import { GUARDS } from '../../matrix-pnpm/guards.js';

const recorded = readRecorded(readFileSync('docs/enforcement-pnpm.md', 'utf8'));
const hasHistory = git('rev-parse', '--is-shallow-repository') === 'false';

describe.skipIf(!hasHistory)('the recorded tables of the matrix of pnpm', () => {
  it.each(GUARDS)(
    'are not older than the last change to $id; else: npm run test:matrix-pnpm -- --guard $id',
    ({ id }) => {
      expect(recorded[id]).toMatch(/^[0-9a-f]{40}$/);
      const change = lastChangeOf(id);
      expect(change === null || includesChange(recorded[id] ?? '', change)).toBe(true);
    },
  );
});

describe('what a table depends on', () => {
  // A folder that has moved would never make a table old.
  it.each(Object.values(GUARDED_PATHS).flat())('%s is there', (folder) => {
    expect(existsSync(folder)).toBe(true);
  });
});

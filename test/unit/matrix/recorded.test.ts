import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { GUARDED_PATHS, git, includesChange, lastGuardChange } from '../../matrix/commit.js';
import { readRecorded } from '../../matrix/table.js';

const recorded = readRecorded(readFileSync('docs/enforcement.md', 'utf8'));
const change = lastGuardChange();
const isShallow = git('rev-parse', '--is-shallow-repository') === 'true';
const onlyPlain = recorded.guards.every((guard) => guard === 'plain');

describe.skipIf(onlyPlain || change === null || isShallow)('the recorded table of the matrix', () => {
  it('is not older than the last change to the guards; else: npm run test:matrix, and commit its table', () => {
    expect(recorded.commit).toMatch(/^[0-9a-f]{40}$/);
    expect(includesChange(recorded.commit, change ?? '')).toBe(true);
  });
});

// A folder that has moved would never make a table old.
it.each(GUARDED_PATHS)('%s, on which the table depends, is there', (folder) => {
  expect(existsSync(folder)).toBe(true);
});

import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { compareKeys } from '../../../page/compare-keys.js';
import { matches } from '../../../page/matches.js';

describe('the script of a page', () => {
  it('is the one that npm run build:page-script writes', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/build-page-script.mjs', '--check'], {
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('sorts numbers by size and words as words', () => {
    expect(['0.9', '-1', '10', '2'].toSorted(compareKeys)).toEqual(['-1', '0.9', '2', '10']);
    expect(['zq-10', 'b', 'zq-9', '@a/b'].toSorted(compareKeys)).toEqual(['@a/b', 'b', 'zq-9', 'zq-10']);
  });

  it.each([
    ['not react', true],
    ['  REACT', true],
    ['', true],
    ['react vue', false],
  ])('finds "%s": %s', (typed, found) => {
    expect(matches('zq-React Not found', typed)).toBe(found);
  });
});

import { describe, expect, it } from 'vitest';
import { compareWith, slowerStages, worstFactor } from '../../../bench/perf/baseline.js';
import { confirmResults } from '../../../bench/perf/confirm.js';
import type { StageResult } from '../../../bench/perf/stage.js';
import { measured, resultOf } from './results.js';

const BASELINE = [resultOf('A', { step: measured([100]) })];

function verdictOf(value: number): string | undefined {
  return compareWith(BASELINE, [resultOf('A', { step: measured([value]) })])[0]?.verdict;
}

describe('against a baseline', () => {
  it('a tenth more is noise, more is a loss, half as much again an alert', () => {
    expect([80, 100, 110, 111, 149, 150].map(verdictOf)).toEqual([
      'gain',
      'same',
      'same',
      'loss',
      'loss',
      'alert',
    ]);
  });

  it('a rate loses by falling', () => {
    const at = (rate: number) => [resultOf('A', { rate: measured([rate], 'names/s') })];
    expect(compareWith(at(100), at(50))[0]).toMatchObject({ factor: 2, verdict: 'alert' });
    expect(compareWith(at(100), at(200))[0]?.verdict).toBe('gain');
  });

  it('the median counts, not one slow sample', () => {
    const now = [resultOf('A', { step: measured([100, 100, 9_000]) })];
    expect(compareWith(BASELINE, now)[0]?.verdict).toBe('same');
  });

  it('floors, differences, and what only one of the two has are left out', () => {
    const floor = [resultOf('A', { step: measured([1], 'ms', true) })];
    const difference = [resultOf('A', { step: { ...measured([1]), isDifference: true } })];
    const other = [resultOf('B', { step: measured([1]) }), resultOf('A', { other: measured([1]) })];
    const inMegabytes = [resultOf('A', { step: measured([1], 'MB') })];
    for (const results of [floor, difference, other, inMegabytes])
      expect(compareWith(BASELINE, results)).toEqual([]);
  });
});

describe('what looks slower', () => {
  const slow = resultOf('A', { step: measured([200]) });
  const doubt = {
    suspects: (all: readonly StageResult[]) => slowerStages(compareWith(BASELINE, all)),
    badness: (one: StageResult) => worstFactor(BASELINE, one),
  };

  it('is measured again, and the better result counts', async () => {
    const better = resultOf('A', { step: measured([101]) });
    const asked: string[][] = [];
    const confirmed = await confirmResults([slow, resultOf('B', {})], doubt, 2, (ids) => {
      asked.push([...ids]);
      return Promise.resolve([better]);
    });
    expect(confirmed[0]).toBe(better);
    expect(asked).toEqual([['A']]);
  });

  it('stays slower where it is so each time, and is measured no more often than allowed', async () => {
    let times = 0;
    const worse = resultOf('A', { step: measured([300]) });
    const confirmed = await confirmResults([slow], doubt, 2, () => {
      times++;
      return Promise.resolve([worse]);
    });
    expect(confirmed).toEqual([slow]);
    expect(times).toBe(2);
  });

  it('is nothing where nothing is slower', async () => {
    const confirmed = await confirmResults(BASELINE, doubt, 2, () => Promise.reject(new Error('not asked')));
    expect(confirmed).toEqual(BASELINE);
  });
});

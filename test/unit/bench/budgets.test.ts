import { describe, expect, it } from 'vitest';
import {
  type Budgets,
  breachedStages,
  judgeBudgets,
  type Limit,
  worstExcess,
} from '../../../bench/perf/budgets.js';
import { readBudgets } from '../../../bench/perf/run-file.js';
import { STAGES } from '../../../bench/stages/index.js';
import { measured, resultOf } from './results.js';

const LIMIT: Limit = { measure: 'step', statistic: 'p50', unit: 'ms', budget: 10, goal: 5 };

function tableWith(limit: Partial<Limit>): Budgets {
  const row = { id: 'A', operation: 'a made-up step', limits: [{ ...LIMIT, ...limit }] };
  return { source: 'this test', referenceStartMs: 100, rows: [row] };
}

function standingOf(value: number, limit: Partial<Limit> = {}, bareStartMs = 100, isShared = false) {
  const unit = limit.unit ?? 'ms';
  const results = [resultOf('A', { step: measured([value], unit) }, bareStartMs)];
  return judgeBudgets(tableWith(limit), results, isShared)[0]?.standing;
}

describe('a limit', () => {
  it('is kept at its goal, missed above it and breached above its budget', () => {
    expect([5, 5.1, 10, 10.1].map((value) => standingOf(value))).toEqual([
      'kept',
      'goal-missed',
      'goal-missed',
      'breached',
    ]);
  });

  it('is turned round for a rate', () => {
    const rate = { unit: 'names/s', budget: 10, goal: 20 } as const;
    expect([20, 10, 9].map((value) => standingOf(value, rate))).toEqual(['kept', 'goal-missed', 'breached']);
  });

  it('without a budget is never breached', () => {
    expect(standingOf(1e9, { budget: null })).toBe('goal-missed');
    expect(standingOf(1e9, { budget: null, goal: null })).toBe('kept');
  });

  it('that nothing was measured for is neither kept nor breached', () => {
    const skipped = { ...resultOf('A', {}), skipped: 'not here' };
    for (const results of [[], [skipped], [resultOf('A', { other: measured([1]) })]]) {
      const judged = judgeBudgets(tableWith({}), results, false);
      expect(judged.map(({ standing }) => standing)).toEqual(['unmeasured']);
      expect(breachedStages(judged).size).toBe(0);
    }
  });

  it('looks at its own statistic', () => {
    const results = [resultOf('A', { step: measured([1, 1, 1, 99]) })];
    expect(judgeBudgets(tableWith({ statistic: 'max' }), results, false)[0]?.value).toBe(99);
  });
});

describe('on a shared machine', () => {
  it('a budget of time grows with the bare start of Node', () => {
    expect(standingOf(19, {}, 200, true)).toBe('goal-missed');
    expect(standingOf(21, {}, 200, true)).toBe('breached');
    expect(standingOf(19, {}, 200, false)).toBe('breached');
  });

  it('a budget never shrinks, and ratios and sizes stay as they are', () => {
    expect(standingOf(9, {}, 50, true)).toBe('goal-missed');
    expect(standingOf(11, { unit: '×' }, 200, true)).toBe('breached');
    expect(standingOf(11, { unit: 'MB' }, 200, true)).toBe('breached');
  });
});

describe('the excess of a stage', () => {
  it('is its worst multiple of a budget', () => {
    const judged = judgeBudgets(tableWith({}), [resultOf('A', { step: measured([25]) })], false);
    expect(worstExcess(judged)).toBe(2.5);
    expect([...breachedStages(judged)]).toEqual(['A']);
  });
});

describe('bench/budgets.json', () => {
  const { rows } = readBudgets();

  it('has every row of the table, and the worker pool, once', () => {
    const numbered = (kind: string, count: number) =>
      Array.from({ length: count }, (_, index) => `${kind}00${index + 1}`);
    expect(rows.map(({ id }) => id)).toEqual([...numbered('PERF', 9), ...numbered('MEM', 3), 'POOL001']);
  });

  it('has a stage for each row, which measures what the row limits, in its unit', () => {
    expect(STAGES.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
    for (const { id, limits } of rows) {
      const measures = STAGES.find((stage) => stage.id === id)?.measures ?? {};
      expect(limits.map(({ unit }) => unit)).toEqual(limits.map(({ measure }) => measures[measure]?.unit));
    }
  });

  it('has no goal beyond its budget', () => {
    const limits = rows.flatMap((row) => row.limits);
    expect(limits.filter(({ budget, goal }) => budget !== null && goal !== null && goal > budget)).toEqual(
      [],
    );
    expect(limits.filter(({ budget, goal }) => budget === null && goal === null)).toEqual([]);
  });
});

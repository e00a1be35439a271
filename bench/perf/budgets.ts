import { isRate, type Measurement, type StageResult, type Unit } from './stage.js';

export type Statistic = 'p50' | 'p99' | 'max';

/** One figure of the table in bench/budgets.json. */
export type Limit = {
  readonly measure: string;
  readonly statistic: Statistic;
  readonly unit: Unit;
  /** Not to be exceeded (fallen short of, for a rate); `null` = none. */
  readonly budget: number | null;
  /** To be reached; `null` = none. */
  readonly goal: number | null;
};

export type Row = { readonly id: string; readonly operation: string; readonly limits: readonly Limit[] };

export type Budgets = {
  readonly source: string;
  /** Wall time of `node -e 0` on the machines that the table is made for, milliseconds. */
  readonly referenceStartMs: number;
  readonly rows: readonly Row[];
};

export type Standing = 'kept' | 'goal-missed' | 'breached' | 'unmeasured';

export type Judged = {
  readonly id: string;
  readonly limit: Limit;
  /** `null` where it was not measured. */
  readonly value: number | null;
  /** The budget that counted, the machine's slowness included. */
  readonly budget: number | null;
  readonly standing: Standing;
};

/**
 * Every limit against what was measured. With `isShared`, budgets of time grow with the bare start of Node that was
 * measured beside them, where that was slower than the reference: a busy machine slows both.
 */
export function judgeBudgets(
  { rows, referenceStartMs }: Budgets,
  results: readonly StageResult[],
  isShared: boolean,
): readonly Judged[] {
  const byId = new Map(results.map((result) => [result.id, result]));
  return rows.flatMap(({ id, limits }) =>
    limits.map((limit): Judged => {
      const result = byId.get(id);
      const measurement = result?.measurements[limit.measure];
      if (result === undefined || measurement === undefined)
        return { id, limit, value: null, budget: limit.budget, standing: 'unmeasured' };
      const slowness = isShared ? Math.max(1, result.bareStartMs / referenceStartMs) : 1;
      const budget = limit.budget === null || limit.unit !== 'ms' ? limit.budget : limit.budget * slowness;
      const value = measurement.distribution[limit.statistic];
      return { id, limit, value, budget, standing: standingOf(value, budget, limit.goal, measurement) };
    }),
  );
}

function standingOf(
  value: number,
  budget: number | null,
  goal: number | null,
  { unit }: Measurement,
): Standing {
  const keeps = (limit: number | null): boolean =>
    limit === null || (isRate(unit) ? value >= limit : value <= limit);
  if (!keeps(budget)) return 'breached';
  return keeps(goal) ? 'kept' : 'goal-missed';
}

/** Ids of the stages with a breached budget. */
export function breachedStages(judged: readonly Judged[]): ReadonlySet<string> {
  return new Set(judged.flatMap(({ id, standing }) => (standing === 'breached' ? [id] : [])));
}

/** By how much a stage exceeds its budgets at worst: a value over 1 is a breach, 0 = has none. */
export function worstExcess(judged: readonly Judged[]): number {
  const excesses = judged.map(({ value, budget, limit }) => {
    if (value === null || budget === null) return 0;
    return isRate(limit.unit) ? budget / value : value / budget;
  });
  return Math.max(0, ...excesses);
}

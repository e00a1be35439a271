import { isRate, type StageResult, type Unit } from './stage.js';

/** From a tenth more on it is a loss; at one and a half times as much it is an alert. From issue 7's performance.yml. */
export const LOSS_FACTOR = 1.1;
export const ALERT_FACTOR = 1.5;

export type Verdict = 'gain' | 'same' | 'loss' | 'alert';

export type Change = {
  readonly id: string;
  readonly measure: string;
  readonly unit: Unit;
  readonly before: number;
  readonly after: number;
  /** How many times as much it costs now; a rate's is turned round, so that more is always worse. */
  readonly factor: number;
  readonly verdict: Verdict;
};

/** What became of the medians that both have measured. Floors and differences are not compared. */
export function compareWith(
  baseline: readonly StageResult[],
  results: readonly StageResult[],
): readonly Change[] {
  const before = new Map(baseline.map(({ id, measurements }) => [id, measurements]));
  return results.flatMap(({ id, measurements }) =>
    Object.entries(measurements).flatMap(
      ([measure, { unit, isFloor, isDifference, distribution }]): Change[] => {
        const old = before.get(id)?.[measure];
        if (old === undefined || old.unit !== unit || isFloor || isDifference) return [];
        const [from, to] = [old.distribution.p50, distribution.p50];
        const factor = isRate(unit) ? from / to : to / from;
        return [{ id, measure, unit, before: from, after: to, factor, verdict: verdictOf(factor) }];
      },
    ),
  );
}

function verdictOf(factor: number): Verdict {
  if (factor >= ALERT_FACTOR) return 'alert';
  if (factor > LOSS_FACTOR) return 'loss';
  return factor < 1 / LOSS_FACTOR ? 'gain' : 'same';
}

/** Ids of the stages with a loss. */
export function slowerStages(changes: readonly Change[]): ReadonlySet<string> {
  return new Set(
    changes.flatMap(({ id, verdict }) => (verdict === 'loss' || verdict === 'alert' ? [id] : [])),
  );
}

/** The worst factor of a stage, 0 where nothing of it can be compared. */
export function worstFactor(baseline: readonly StageResult[], result: StageResult): number {
  return Math.max(0, ...compareWith(baseline, [result]).map(({ factor }) => factor));
}

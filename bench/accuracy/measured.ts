import type { Verdict } from '../../src/model/verdict.js';
import type { Bound, Scenario } from './scenario.js';
import { type Interval, wilson } from './wilson.js';

export type Outcome = { readonly name: string; readonly score: number; readonly verdict: Verdict };

/** A share in [0, 1] with its 95% confidence interval. */
export type Share = { readonly count: number; readonly share: number; readonly interval: Interval };

/** What became of a scenario's packages. */
export type Measured = {
  readonly scenario: Pick<Scenario, 'id' | 'what' | 'roc' | 'setting' | 'bounds'>;
  readonly n: number;
  readonly blocked: Share;
  /** Warned about or blocked. */
  readonly warned: Share;
  /** Neither: whoever is responsible could not be asked. */
  readonly undecided: number;
  readonly missed: readonly Bound[];
  readonly outcomes: readonly Outcome[];
  readonly elapsedMs: number;
};

export function measure(
  scenario: Measured['scenario'],
  verdicts: readonly Verdict[],
  elapsedMs: number,
): Measured {
  const n = verdicts.length;
  const decided = verdicts.filter(({ risk }) => risk !== 'unknown');
  const figures = {
    blocked: shareOf(decided.filter(({ action }) => action === 'block').length, n),
    warned: shareOf(decided.filter(({ action }) => action !== 'allow').length, n),
  };
  const { id, what, roc, setting, bounds } = scenario;
  return {
    scenario: { id, what, roc, setting, bounds },
    n,
    ...figures,
    undecided: n - decided.length,
    missed: bounds.filter((bound) => !holds(bound, figures[bound.figure].share)),
    outcomes: verdicts.map((verdict) => ({
      name: verdict.subject.entry.name,
      score: verdict.score,
      verdict,
    })),
    elapsedMs,
  };
}

function shareOf(count: number, n: number): Share {
  return { count, share: n === 0 ? 0 : count / n, interval: wilson(count, n) };
}

function holds({ is, share }: Bound, measured: number): boolean {
  return is === 'at least' ? measured >= share : measured <= share;
}

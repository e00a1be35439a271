import type { Signal, SignalCode } from '../model/signal.js';
import { PRIOR } from './weights.js';

/** Digits kept: enough to order packages, few enough that a report is the same on every machine. */
const PRECISION = 1e4;

/** The most that a name alone can score: a warning. Being similar to a popular name never blocks on its own. */
const NAMES_ALONE = 0.59;
const NAME_SIGNALS: ReadonlySet<SignalCode> = new Set<SignalCode>([
  'NOT_IN_SNAPSHOT',
  'TYPOSQUAT',
  'HALLUCINATION_PATTERN',
  'NAMESPACE_SQUATTING',
  'CROSS_ECOSYSTEM',
  'CORE_MODULE',
]);

/**
 * The risk of a package in [0, 1]: the logistic function of the prior and the sum of all weights.
 * Monotone: a signal with a positive weight never lowers it, one with a negative weight never raises it.
 */
export function scoreSignals(signals: readonly Signal[]): number {
  const logOdds = signals.reduce((sum, { weight }) => sum + weight, PRIOR);
  const score = Math.round(PRECISION / (1 + Math.exp(-logOdds))) / PRECISION;
  return areNamesAlone(signals) ? Math.min(score, NAMES_ALONE) : score;
}

/** Nothing but the name speaks against the package. */
function areNamesAlone(signals: readonly Signal[]): boolean {
  return signals.every(({ code, weight }) => weight <= 0 || NAME_SIGNALS.has(code));
}

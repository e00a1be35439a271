import type { Signal } from '../model/signal.js';
import { PRIOR } from './weights.js';

/** Digits kept: enough to order packages, few enough that a report is the same on every machine. */
const PRECISION = 1e4;

/**
 * The risk of a package in [0, 1]: the logistic function of the prior and the sum of all weights.
 * Monotone: a signal with a positive weight never lowers it, one with a negative weight never raises it.
 */
export function scoreSignals(signals: readonly Signal[]): number {
  const logOdds = signals.reduce((sum, { weight }) => sum + weight, PRIOR);
  return Math.round(PRECISION / (1 + Math.exp(-logOdds))) / PRECISION;
}

import type { Signal, SignalCode } from '../model/signal.js';
import { PRIOR, PROOF } from './weights.js';

/** Digits kept: enough to order packages, few enough that a report is the same on every machine. */
const PRECISION = 1e4;

/** The most that soft evidence can score where it may not block: a warning. */
const WARNING_AT_MOST = 0.59;

/** The least weight in log-odds of a signal that counts as evidence of its own beside a likeness of names. */
const OF_ITS_OWN = 0.5;

/** What the name alone says. Being similar to a popular name never blocks on its own. */
const NAME_SIGNALS: ReadonlySet<SignalCode> = new Set<SignalCode>([
  'NOT_IN_SNAPSHOT',
  'TYPOSQUAT',
  'HALLUCINATION_PATTERN',
  'NAMESPACE_SQUATTING',
  'CROSS_ECOSYSTEM',
  'CORE_MODULE',
]);

/**
 * The risk of a package in [0, 1]: the logistic function of the prior and the sum of all weights. Soft evidence alone
 * stops at a warning where it is nothing but the name, and where an established package asks for the package.
 *
 * Monotone: a signal with a positive weight never lowers it, one with a negative weight never raises it.
 */
export function scoreSignals(signals: readonly Signal[]): number {
  return capOf(signals)?.at ?? uncapped(signals);
}

/** Why a score is lower than its signals add up to, and where it stops. */
export type Cap = { readonly at: number; readonly because: 'name-alone' | 'established-parent' };

/** The bound that the score of these signals was held at; `null` where it was not. */
export function capOf(signals: readonly Signal[]): Cap | null {
  if (hasHardEvidence(signals) || uncapped(signals) <= WARNING_AT_MOST) return null;
  if (isInherited(signals)) return { at: WARNING_AT_MOST, because: 'established-parent' };
  return isNameAlone(signals) ? { at: WARNING_AT_MOST, because: 'name-alone' } : null;
}

function uncapped(signals: readonly Signal[]): number {
  const logOdds = signals.reduce((sum, { weight }) => sum + weight, PRIOR);
  return Math.round(PRECISION / (1 + Math.exp(-logOdds))) / PRECISION;
}

/** A fact that needs no context: nobody owns the name, or the bytes are known to be wrong or bad. */
export function hasHardEvidence(signals: readonly Signal[]): boolean {
  return signals.some(({ weight }) => weight >= PROOF);
}

function isNameAlone(signals: readonly Signal[]): boolean {
  return !signals.some(({ code, weight }) => weight >= OF_ITS_OWN && !NAME_SIGNALS.has(code));
}

function isInherited(signals: readonly Signal[]): boolean {
  return signals.some(({ code }) => code === 'PARENT_ESTABLISHED');
}

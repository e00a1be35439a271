import type { Evidence, SignalCode } from '../model/signal.js';

type Weight = number | ((evidence: Evidence) => number);

/** Log-odds of a package about which nothing is known, as a direct dependency: one in twenty-one. */
export const PRIOR = -3;

/**
 * What each signal adds to the log-odds. Positive raises the risk. Set so that two weak signals together stay below a
 * warning (0.30 is -0.85), a first-week package with no users and no repository is blocked (0.60 is +0.41), and no
 * single signal but NOT_FOUND blocks.
 */
const WEIGHTS: { readonly [C in SignalCode]: Weight } = {
  /** Proof, not evidence: the name belongs to nobody. */
  NOT_FOUND: 10,
  /** Weak by itself: most of what is newer than the data is genuine. */
  NOT_IN_SNAPSHOT: 0.8,
  TYPOSQUAT: strength,
  HALLUCINATION_PATTERN: strength,
  NAMESPACE_SQUATTING: strength,
  CROSS_ECOSYSTEM: strength,
  CORE_MODULE: strength,
  /** Most squats that are caught at all are caught in their first week. */
  RECENTLY_CREATED: ({ ageDays }) => (typeof ageDays === 'number' && ageDays < 7 ? 2.6 : 2),
  FEW_RELEASES: 0.7,
  VERSION_SPIKE: 0.5,
  LOW_DOWNLOADS: 0.9,
  DOWNLOAD_INFLATION: 1.2,
  NO_REPOSITORY: 0.8,
  NO_MAINTAINER: 0.6,
  SHORT_DESCRIPTION: 0.4,
  OWNERSHIP_TRANSFER: 1.5,
  POPULAR_PACKAGE: -2.5,
  LONG_HISTORY: -1.5,
};

/** Likeness of names is measured in log-odds where it is found; see names/strength.ts. */
function strength({ strength: value }: Evidence): number {
  return typeof value === 'number' ? value : 0;
}

/** The weight of a signal in log-odds. */
export function weightOf(code: SignalCode, evidence: Evidence): number {
  const weight = WEIGHTS[code];
  return typeof weight === 'number' ? weight : weight(evidence);
}

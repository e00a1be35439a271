import type { Action, Risk } from '../model/verdict.js';

/** The score at which a package is high-risk, and blocked (CONTRACT: "Risk and action"). */
export const HIGH_THRESHOLD = 0.6;
/** The score at which a package is suspicious, and warned about. */
export const SAFE_THRESHOLD = 0.3;

export type Policy = {
  /** The least risk that blocks; *not-found* always does. */
  readonly failOn: 'high-risk' | 'suspicious';
  /** What happens when the responsible registry could not be asked. */
  readonly onUnavailable: Action;
};

export const DEFAULT_POLICY: Policy = { failOn: 'high-risk', onUnavailable: 'block' };

/** The risk that a score stands for. */
export function riskOfScore(score: number): Risk {
  if (score >= HIGH_THRESHOLD) return 'high-risk';
  return score >= SAFE_THRESHOLD ? 'suspicious' : 'safe';
}

/** What a policy does about a risk. */
export function decideAction(risk: Risk, policy: Policy): Action {
  switch (risk) {
    case 'not-found':
    case 'high-risk':
      return 'block';
    case 'suspicious':
      return policy.failOn === 'suspicious' ? 'block' : 'warn';
    case 'unknown':
      return policy.onUnavailable;
    case 'safe':
      return 'allow';
  }
}

import type { PackageName } from '../model/package-name.js';
import type { SignalCode } from '../model/signal.js';
import type { Action, Risk } from '../model/verdict.js';

/** The score at which a package is high-risk, and blocked (CONTRACT: "Risk and action"). */
export const HIGH_THRESHOLD = 0.6;
/** The score at which a package is suspicious, and warned about. */
export const SAFE_THRESHOLD = 0.3;

/** Who wrote an entry of the configuration: the project that is guarded, or the user who guards it. */
export type PolicySource = 'project' | 'user';

/** What no project may except itself from: a project is as trustworthy as what it is cloned from. */
export const USER_ONLY_SIGNALS: ReadonlySet<SignalCode> = new Set<SignalCode>([
  'NOT_FOUND',
  'KNOWN_MALICIOUS',
  'RESOLVED_MISMATCH',
]);

/** A reviewed package: the signals that somebody looked at no longer count for it. */
export type PolicyException = {
  readonly name: PackageName;
  /** semver range; never one that every version satisfies. */
  readonly version: string;
  readonly signals: readonly SignalCode[];
  /** Subresource integrity string that the bytes must have; `null` = any. */
  readonly integrity: string | null;
  readonly reason: string;
  readonly author: string | null;
  /** Last day on which it holds (UTC), `YYYY-MM-DD`; `null` = no end. */
  readonly expires: string | null;
  readonly source: PolicySource;
};

/** A scope (with its `@`) whose packages the organisation publishes itself. */
export type TrustedScope = { readonly scope: string; readonly source: PolicySource };

export type Policy = {
  /** The least risk that blocks; *not-found* always does. */
  readonly failOn: 'high-risk' | 'suspicious';
  /** What happens when the responsible registry could not be asked. */
  readonly onUnavailable: Action;
  /** Scores from which a package is suspicious (`safe`) and high-risk (`high`); 0 < safe ≤ high ≤ 1. */
  readonly thresholds: { readonly safe: number; readonly high: number };
  readonly exceptions: readonly PolicyException[];
  readonly trustedScopes: readonly TrustedScope[];
  /** Base URLs, beside the configured registries, that tarballs may come from. */
  readonly mirrors: readonly string[];
};

export const DEFAULT_POLICY: Policy = {
  failOn: 'high-risk',
  onUnavailable: 'block',
  thresholds: { safe: SAFE_THRESHOLD, high: HIGH_THRESHOLD },
  exceptions: [],
  trustedScopes: [],
  mirrors: [],
};

/** The risk that a score stands for. */
export function riskOfScore(score: number, { thresholds }: Policy): Risk {
  if (score >= thresholds.high) return 'high-risk';
  return score >= thresholds.safe ? 'suspicious' : 'safe';
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

import { DEFAULT_POLICY, type Policy } from '../policy/policy.js';
import type { FailOn, PolicyContext, Settings } from './settings.js';

export type PolicyInput = {
  /** The value of `--fail-on`; `null` when it was not given. */
  readonly failOn: FailOn | null;
  readonly context: PolicyContext;
};

/**
 * The policy of a run: the command line, else the settings, else the defaults. Where that puts the high threshold
 * below the safe one, both are the high one: what blocks is suspicious too.
 */
export function resolvePolicy(settings: Settings, { failOn, context }: PolicyInput): Policy {
  const high = settings.thresholds.high ?? DEFAULT_POLICY.thresholds.high;
  const safe = settings.thresholds.safe ?? DEFAULT_POLICY.thresholds.safe;
  return {
    failOn: failOn ?? settings.failOn ?? DEFAULT_POLICY.failOn,
    onUnavailable: settings.onUnavailable[context] ?? DEFAULT_POLICY.onUnavailable,
    thresholds: { safe: Math.min(safe, high), high },
    exceptions: settings.exceptions,
    trustedScopes: settings.trustedScopes,
    mirrors: [...new Set(settings.mirrors.map(({ url }) => url))],
  };
}

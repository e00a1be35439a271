import type { Subject, Verdict } from '../model/verdict.js';
import { isOrdinary } from '../signals/ordinary.js';
import { type Cover, judge } from './judge.js';
import type { Policy } from './policy.js';

/**
 * Makes the judge of a run: one subject after the other as {@link judge} does it, and those that are ordinary only once.
 * What reads versions and ranges is loaded only for a policy that has exceptions.
 */
export async function createJudge(policy: Policy): Promise<(subject: Subject) => Verdict> {
  const { exceptions, trustedScopes } = policy;
  const coversNothing = exceptions.length === 0 && trustedScopes.length === 0;
  const cover = coversNothing ? leaveAsTheyAre : (await import('./cover.js')).coverSignals;
  let ordinary: Verdict | null = null;
  return (subject) => {
    if (!isOrdinary(subject)) return judge(subject, policy, cover);
    ordinary ??= judge(subject, policy, cover);
    return { ...ordinary, subject };
  };
}

const leaveAsTheyAre: Cover = (_, signals) => ({ signals, exceptions: [], notices: [] });

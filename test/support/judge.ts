import type { Subject, Verdict } from '../../src/model/verdict.js';
import { coverSignals } from '../../src/policy/cover.js';
import { judge as judgeWith } from '../../src/policy/judge.js';
import type { Policy } from '../../src/policy/policy.js';

/** Judges one subject under all that the policy says. */
export function judge(subject: Subject, policy: Policy): Verdict {
  return judgeWith(subject, policy, coverSignals);
}

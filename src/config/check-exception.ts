import * as v from 'valibot';
import { GuardError } from '../errors.js';
import type { EpochMs } from '../model/facts.js';
import { type PolicyException, type PolicySource, USER_ONLY_SIGNALS } from '../policy/policy.js';
import { describeIssue } from './describe-issue.js';
import { hintFor } from './hints.js';
import { formatKeyPath, patternOf } from './key-path.js';
import { exceptionSchema } from './schema.js';

/** An exception that is not in a file yet. */
export type NewException = Omit<PolicyException, 'source'>;

/** Refuses an exception that would be no valid one, or that would have no effect. @throws GuardError USAGE */
export function checkException(exception: NewException, target: PolicySource, nowMs: EpochMs): void {
  const { name, version, signals, reason, author, expires, integrity } = exception;
  const all = { name, version, signals, reason, author, expires, integrity };
  const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
  for (const issue of v.safeParse(exceptionSchema, given).issues ?? []) {
    for (const { path, message } of describeIssue(issue)) {
      const hint = hintFor(`exceptions[].${patternOf(path)}`);
      throw new GuardError('USAGE', `the exception's ${formatKeyPath(path)}: ${message}`, hint);
    }
  }
  const forbidden = signals.filter((code) => USER_ONLY_SIGNALS.has(code));
  if (target === 'project' && forbidden.length > 0) {
    const message = `a project's exception cannot cover ${forbidden.join(', ')}`;
    throw new GuardError('USAGE', message, 'Write the exception to the user-level configuration instead.');
  }
  if (expires !== null && expires < new Date(nowMs).toISOString().slice(0, 10)) {
    const message = `the exception would have expired on ${expires}`;
    throw new GuardError('USAGE', message, 'Give it a day that is still to come, or none.');
  }
}

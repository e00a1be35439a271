import { LEVELS, type Level } from '../matrix/levels.js';
import type { GuardId } from './guards.js';

/** What the versions give at worst, in the words of `describeCell`. */
type Row = readonly string[];

/** The columns: versions as test/support/toolchain.json has them. */
export const VERSIONS: readonly string[] = ['9.15.9', '10.0.0', '10.34.9', '11.28.11', '12.0.0', '12.21.0'];

/** By guard and scenario. */
export const EXPECTED: Readonly<Record<GuardId, Readonly<Record<string, Row>>>> = {
  plain: {},
  pnpmfile: {},
};

/** `null`: nothing is expected of this cell. */
export function expectedOf(guard: GuardId, scenario: string, version: string): string | null {
  return EXPECTED[guard][scenario]?.[VERSIONS.indexOf(version)] ?? null;
}

/**
 * pnpm 9 and 10 ask for tarballs while a hook is at work: where an install was stopped, it may have been stopped earlier
 * than expected.
 */
export function isAsExpected(text: string, expected: string): boolean {
  const [level, ...remarks] = text.split(', ');
  const [worst, ...others] = expected.split(', ');
  const rank = (one: string | undefined): number => LEVELS.indexOf(one as Level);
  const isEarlier = rank(worst) <= rank('T2') && rank(level) <= rank(worst);
  return remarks.join() === others.join() && (level === worst || isEarlier);
}

import type { GuardId } from './guards.js';
import { controlOf, isStopped, LEVELS, type Level, levelOf, type Observation } from './levels.js';

/** No cell of the guard may be worse, whatever is expected of it. */
export const WORST: Readonly<Partial<Record<GuardId, Level>>> = { wrapper: 'T0', gate: 'T2' };

/**
 * What is wrong with a cell of a guard whatever else is expected of it. `plain` is what npm alone gives there: a control
 * that npm itself refuses is no fault of the guard.
 */
export function offencesOf(
  guard: GuardId,
  bad: Observation,
  control: Observation,
  plain: string | null,
): string[] {
  const worst = WORST[guard];
  if (worst === undefined) return [];
  const level = levelOf(bad);
  const offences: string[] = [];
  if (LEVELS.indexOf(level) > LEVELS.indexOf(worst)) offences.push(`${level} is worse than ${worst}`);
  if (isStopped(level) && bad.run.status === 0) offences.push('stopped with exit 0');
  if (isStopped(level) && !Object.values(bad.untouched).every(Boolean)) offences.push('the project changed');
  const controlled = `control ${controlOf(control)}`;
  const isInstalled = ['control ran', 'control landed'].includes(controlled);
  if (!isInstalled && !plain?.endsWith(controlled)) offences.push(controlled);
  return offences;
}

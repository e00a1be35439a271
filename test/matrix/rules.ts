import type { GuardId } from './guards.js';
import { controlOf, isStopped, LEVELS, type Level, levelOf, type Observation } from './levels.js';
import type { Scenario } from './world.js';

/** No cell of the guard may be worse, whatever is expected of it; but see `worstAllowed`. */
export const WORST: Readonly<Partial<Record<GuardId, Level>>> = { wrapper: 'T0', gate: 'T2' };

/** The first npm that runs scripts of dependencies only where package.json allows them. */
const FIRST_WITHOUT_SCRIPTS = 12;

/**
 * The worst level that a cell may have, `null` = any. The script gate is for plain npm 10 and 11, where every install of
 * something with scripts runs one: on npm 12 it judges only where npm runs a script at all, and there no code may run
 * unjudged; what is put in place without a script stays there.
 */
export function worstAllowed(
  guard: GuardId,
  major: number,
  scenario: Pick<Scenario, 'gateReach'>,
): Level | null {
  const worst = WORST[guard] ?? null;
  if (guard !== 'gate') return worst;
  return major >= FIRST_WITHOUT_SCRIPTS ? 'landed' : (scenario.gateReach ?? worst);
}

export type Rule = {
  readonly worst: Level | null;
  /** What npm alone gives there: a control that npm itself refuses is no fault of the guard. */
  readonly plain: string | null;
  /** An empty node_modules is npm's doing. */
  readonly empties?: boolean;
};

/** What is wrong with a cell of a guard whatever else is expected of it. */
export function offencesOf(
  { worst, plain, empties = false }: Rule,
  bad: Observation,
  control: Observation,
): string[] {
  if (worst === null) return [];
  const level = levelOf(bad);
  const offences: string[] = [];
  if (LEVELS.indexOf(level) > LEVELS.indexOf(worst)) offences.push(`${level} is worse than ${worst}`);
  if (isStopped(level) && bad.run.status === 0) offences.push('stopped with exit 0');
  const { modules, ...others } = bad.untouched;
  const isUntouched = (modules || empties) && Object.values(others).every(Boolean);
  if (isStopped(level) && !isUntouched) offences.push('the project changed');
  const controlled = `control ${controlOf(control)}`;
  const isInstalled = ['control ran', 'control landed'].includes(controlled);
  if (!isInstalled && !plain?.endsWith(controlled)) offences.push(controlled);
  return offences;
}

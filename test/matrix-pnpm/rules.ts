import { controlOf, isStopped, levelOf, type Observation } from '../matrix/levels.js';
import type { GuardId } from './guards.js';

/** Where no hook of a project is called, by scenario; docs/enforcement-pnpm.md has the reasons. */
const HOOKLESS: Readonly<Record<string, (version: string) => boolean>> = {
  'ignore-pnpmfile': () => true,
  global: (version) => !version.startsWith('11.'),
  dlx: () => true,
  'dlx-workspace': (version) => /^(?:9|10\.0|12)\./.test(version),
};

/** Where no hook of a config dependency is called. */
const PLUGINLESS: readonly string[] = ['ignore-pnpmfile', 'global', 'dlx', 'dlx-workspace'];

/**
 * What is wrong with a cell of a guard whatever else is expected of it. `plain` is what pnpm alone gives there: a control
 * that pnpm itself refuses is no fault of the guard.
 */
export function offencesOf(
  guard: GuardId,
  place: { readonly scenario: string; readonly version: string },
  bad: Observation,
  control: Observation,
  plain: string | null,
): string[] {
  if (guard === 'plain' || (guard === 'pnpmfile' && HOOKLESS[place.scenario]?.(place.version))) return [];
  if (guard === 'configdep' && PLUGINLESS.includes(place.scenario)) return [];
  const level = levelOf(bad);
  const offences: string[] = [];
  if (!isStopped(level)) offences.push(`${level} is worse than T2`);
  else if (bad.run.status === 0 && place.scenario !== 'repeat') offences.push('stopped with exit 0');
  const controlled = `control ${controlOf(control)}`;
  const isInstalled = ['control ran', 'control landed'].includes(controlled);
  if (!isInstalled && !plain?.endsWith(controlled)) offences.push(controlled);
  return offences;
}

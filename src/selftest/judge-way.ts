import type { GuardName } from './read-wiring.js';
import type { Observation } from './try-way.js';
import type { Way } from './ways.js';

/** As in docs/enforcement.md; T1 needs a second package, of which there is none here. */
export type Level = 'T0' | 'T2' | 'landed' | 'ran';
export type Control = 'ran' | 'landed' | 'nothing' | 'refused';

/** What came of one way in. */
export type WayResult = {
  readonly way: string;
  readonly level: Level;
  readonly stopped: boolean;
  /** Who stopped it; `npm` = npm itself, by its configuration. */
  readonly by: GuardName | 'npm' | null;
  /** Who should have. */
  readonly wired: readonly GuardName[];
  readonly control: Control;
  /** Nothing that is set up for this way in failed; an unguarded one can't fail. */
  readonly ok: boolean;
  /** The end of what was printed, where something is not as it should be. */
  readonly said: string | null;
};

const MOST_SAID = 1500;

/** @param guards what is set up for this way in */
export function judgeWay(
  { title }: Pick<Way, 'title'>,
  guards: readonly GuardName[],
  squat: Observation,
  control: Observation,
): WayResult {
  const level = levelOf(squat);
  const isStopped = level === 'T0' || level === 'T2';
  const controlled = controlOf(control);
  const isInstalled = controlled === 'ran' || controlled === 'landed';
  const isLoud = squat.status !== 0;
  const ok = guards.length === 0 || (isStopped && isLoud && isInstalled);
  return {
    way: title,
    level,
    stopped: isStopped,
    by: isStopped ? stopperOf(guards, squat, level) : null,
    wired: guards,
    control: controlled,
    ok,
    said: ok ? null : (isInstalled ? squat : control).text.slice(-MOST_SAID),
  };
}

export function levelOf({ hasRun, isInPlace, wasDownloaded }: Observation): Level {
  if (hasRun) return 'ran';
  if (isInPlace) return 'landed';
  return wasDownloaded ? 'T2' : 'T0';
}

export function controlOf({ status, hasRun, isInPlace }: Observation): Control {
  if (status !== 0) return 'refused';
  if (!isInPlace) return 'nothing';
  return hasRun ? 'ran' : 'landed';
}

/** Our guards say so when they refuse; what ends without a word of theirs was ended by npm. */
function stopperOf(guards: readonly GuardName[], { text }: Observation, level: Level): WayResult['by'] {
  if (!/\bBLOCKED {2}|phantom-guard-install: /.test(text)) return 'npm';
  // The gate never stops a package before the download, and nothing else does so after it.
  return guards.find((guard) => (guard === 'script gate') === (level === 'T2')) ?? guards[0] ?? 'npm';
}

import type { ProcessRun } from '../support/run-process.js';
import type { Untouched } from './snapshot.js';

/**
 * T0: nothing was downloaded. T1: other tarballs were, the subject's was not. T2: the subject's was requested, but none
 * of its code ran and it is not in place. landed: it is in place. ran: its code ran.
 */
export type Level = 'T0' | 'T1' | 'T2' | 'landed' | 'ran';

/** From best to worst. */
export const LEVELS: readonly Level[] = ['T0', 'T1', 'T2', 'landed', 'ran'];

/** The control: refused = exit other than 0, nothing = exit 0 and not in place. */
export type Control = 'ran' | 'landed' | 'nothing' | 'refused';

/** What one run left behind. */
export type Observation = {
  readonly run: ProcessRun;
  /** The lines that the subject's code wrote. */
  readonly mark: readonly string[];
  /** Where the subject lies, in project and home. */
  readonly landed: readonly string[];
  /** Paths of everything requested that holds code, and those of it that hold the subject's. */
  readonly downloads: readonly string[];
  readonly subjectDownloads: readonly string[];
  readonly untouched: Untouched;
};

export function levelOf({ mark, landed, downloads, subjectDownloads }: Omit<Observation, 'run'>): Level {
  if (mark.length > 0) return 'ran';
  if (landed.length > 0) return 'landed';
  if (subjectDownloads.length > 0) return 'T2';
  return downloads.length > 0 ? 'T1' : 'T0';
}

export function controlOf({ run, mark, landed }: Observation): Control {
  if (run.status !== 0) return 'refused';
  if (landed.length === 0) return 'nothing';
  return mark.length > 0 ? 'ran' : 'landed';
}

/** A cell of the table: the level, and whatever is not as it should be: exit status, project, control. */
export function describeCell(bad: Observation, control: Observation): string {
  const level = levelOf(bad);
  const remarks = [];
  if (isStopped(level) && bad.run.status === 0) remarks.push('exit 0');
  if (!isStopped(level) && bad.run.status !== 0) remarks.push('failed');
  if (isStopped(level) && !Object.values(bad.untouched).every(Boolean)) remarks.push('project changed');
  const controlled = controlOf(control);
  if (controlled !== 'ran') remarks.push(`control ${controlled}`);
  return [level, ...remarks].join(', ');
}

export function isStopped(level: Level): boolean {
  return level !== 'landed' && level !== 'ran';
}

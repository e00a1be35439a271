import { sanitize } from '../report/sanitize.js';
import type { OverrideEntry, OverrideLog } from './override-log.js';

/** The latest are written out. */
const SHOWN = 5;

/** What `doctor` says of the log; nothing where nothing was let through. */
export function renderOverrides({ file, entries, unreadable }: OverrideLog): string {
  if (entries.length === 0 && unreadable === 0) return '';
  const hidden = Math.max(0, entries.length - SHOWN);
  return [
    `Overrides (${sanitize(file)}):`,
    ...(hidden === 0 ? [] : [`  ${hidden} earlier`]),
    ...entries.slice(-SHOWN).map(line),
    ...(unreadable === 0 ? [] : [`  ${unreadable} lines that this program did not write`]),
    '',
    '',
  ].join('\n');
}

function line({ time, user, command, names, reason, confirmed, agent, outcome }: OverrideEntry): string {
  const who = `${user ?? 'somebody'}${confirmed ? ' at a terminal' : ''}${agent === null ? '' : ` in ${agent}`}`;
  const what = names.length === 0 ? command : `${command} of ${names.join(', ')}`;
  const why = reason === null ? '' : `: ${reason}`;
  return `  ${sanitize(`${time}  ${outcome === 'refused' ? 'REFUSED ' : ''}${what}  by ${who}${why}`)}`;
}

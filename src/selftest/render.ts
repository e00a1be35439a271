import { sanitize } from '../report/sanitize.js';
import type { Control, Level, WayResult } from './judge-way.js';

export type SelftestReport = {
  /** `stopped`: everything that is set up stops what it should, and lets through what it should. */
  readonly status: 'stopped' | 'not-stopped';
  readonly npmVersion: string | null;
  readonly ways: readonly WayResult[];
};

const SQUAT_TEXTS: Readonly<Record<Level, string>> = {
  T0: 'stopped before any download (T0)',
  T2: 'stopped before any code ran (T2)',
  landed: 'NOT STOPPED: in place, npm ran no script (landed)',
  ran: 'NOT STOPPED: its code ran (ran)',
};
const CONTROL_TEXTS: Readonly<Record<Control, string>> = {
  ran: 'installed',
  landed: 'installed, no script ran',
  nothing: 'NOT INSTALLED',
  refused: 'REFUSED',
};

/** A table, and what it means. */
export function renderSelftest({ npmVersion, ways, status }: SelftestReport): string {
  const rows = [
    ['way in', 'a fresh squat', 'an old package', 'by'],
    ...ways.map((way) => [way.way, SQUAT_TEXTS[way.level], CONTROL_TEXTS[way.control], byText(way)]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const table = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const failed = ways.filter(({ ok }) => !ok);
  return [
    `npm ${npmVersion ?? 'of an unknown version'}; both packages came from a registry on loopback, and nothing of them is left.`,
    '',
    ...table,
    '',
    ...failed.flatMap((way) => [
      `${way.way}, guarded by ${way.wired.join(' and ')}, says:`,
      quoted(way.said),
      '',
    ]),
    ending(status, ways),
    '',
  ].join('\n');
}

function byText({ by, wired, stopped }: WayResult): string {
  if (by === 'npm') return 'npm itself';
  if (by !== null) return by;
  if (stopped) return '';
  return wired.length === 0 ? 'nothing guards this' : `${wired.join(' and ')} did not`;
}

function quoted(said: string | null): string {
  const lines = (said ?? '').trim().split('\n').slice(-12);
  return lines.map((line) => `  | ${sanitize(line)}`).join('\n');
}

function ending(status: SelftestReport['status'], ways: readonly WayResult[]): string {
  if (status === 'not-stopped')
    return 'Something that is set up here does not work. "phantom-guard-install doctor" says why.';
  const open = ways.some(({ wired, stopped }) => wired.length === 0 && !stopped);
  return open
    ? 'What is set up here works; the other ways in are open. "phantom-guard-install init --global" guards npm and npx.'
    : 'Every way in is stopped.';
}

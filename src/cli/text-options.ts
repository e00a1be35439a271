import path from 'node:path';
import type { Report } from '../model/report.js';
import type { Manager } from '../report/text/commands.js';
import { createLayout, type Layout } from '../report/text/layout.js';
import type { TextOptions } from '../report/text/render-text.js';
import type { Io } from './io.js';
import type { CheckOptions } from './options.js';

/** What of the options concerns how text looks. */
export type Shown = Pick<CheckOptions, 'color' | 'quiet' | 'verbose' | 'output'>;

/** How the text of a report comes to the screen or file that it goes to, and whose commands it names. */
export async function textOptionsFor(
  report: Report,
  { color, quiet, verbose, output }: Shown,
  io: Io,
  place: string | null,
): Promise<TextOptions> {
  const isPlain = output !== null || io.stdout.isTTY !== true || isShort(report);
  return {
    quiet,
    verbose,
    inProject: place !== null,
    manager: report.packages.length === 0 ? 'npm' : await managerAt(place ?? io.cwd),
    layout: await layoutFor(color, isPlain ? null : (io.stdout.columns ?? null)),
  };
}

/** One line, which a terminal may break where it likes. */
function isShort({ packages, exceptions, notices, unchecked, error }: Report): boolean {
  return [packages, exceptions, notices, unchecked].every(({ length }) => length === 0) && error === null;
}

async function layoutFor(color: boolean, columns: number | null): Promise<Layout> {
  if (columns === null) return createLayout(color, null);
  const { default: wrapAnsi } = await import('wrap-ansi');
  return createLayout(color, { columns, wrap: (text, width) => wrapAnsi(text, width) });
}

/** The manager in use there; npm where that can't be told. */
export async function managerAt(place: string): Promise<Manager> {
  if (path.basename(place).startsWith('pnpm-lock.')) return 'pnpm';
  const { managerHere } = await import('./manager-here.js');
  return await managerHere(place)
    .catch(() => managerHere(path.dirname(place)))
    .catch(() => 'npm' as const);
}

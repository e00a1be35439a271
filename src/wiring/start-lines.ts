import { asBytes, asText, utf8 } from './change.js';

const MARK = '# phantom-guard-install';
const MARK_OF_NEW = `${MARK} made this file`;
const OURS = new RegExp(`[ \\t]${MARK}(?: made this file)?$`);

/** Where a line stands in a start file. */
export type LinePlace = 'top' | 'end';

/**
 * A start file of a shell with the command in its first line, its last, or both; marked, so that it can be found again.
 * Marked lines that are there already go first. All else stays byte for byte.
 */
export function addStartLines(bytes: Buffer | null, command: string, places: readonly LinePlace[]): Buffer {
  const { rest, isNew } = strip(bytes);
  const line = `${utf8(command)} ${isNew ? MARK_OF_NEW : MARK}`;
  if (isNew && rest === '') return asBytes(`${line}\n`);
  const top = places.includes('top') ? `${line}\n` : '';
  if (!places.includes('end')) return asBytes(`${top}${rest}`);
  const endsOpen = rest !== '' && !rest.endsWith('\n');
  return asBytes(`${top}${rest}${endsOpen ? `\n${line}` : `${line}\n`}`);
}

/** The inverse of `addStartLines`; `null` where the file was made by it and holds nothing else. */
export function removeStartLines(bytes: Buffer | null): Buffer | null {
  const { rest, isNew } = strip(bytes);
  return bytes === null || (isNew && rest === '') ? null : asBytes(rest);
}

/** Whether a start file has a line of this program's. */
export function hasStartLine(bytes: Buffer | null): boolean {
  return bytes !== null && linesOf(bytes).some(isOurs);
}

function strip(bytes: Buffer | null): { readonly rest: string; readonly isNew: boolean } {
  if (bytes === null) return { rest: '', isNew: true };
  const lines = linesOf(bytes);
  const ours = lines.filter(isOurs);
  const others = lines.filter((line) => !isOurs(line)).join('');
  // The line before ours got its end from us where ours has none.
  const rest =
    ours.length > 0 && ours.at(-1) === lines.at(-1) && !lines.at(-1)?.endsWith('\n')
      ? others.slice(0, -1)
      : others;
  return { rest, isNew: ours.some((line) => line.trimEnd().endsWith(MARK_OF_NEW)) };
}

function linesOf(bytes: Buffer): readonly string[] {
  return asText(bytes).match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function isOurs(line: string): boolean {
  return OURS.test(line.replace(/\r?\n$/, ''));
}

import { withoutCredentials } from '../model/secrets.js';
import { type DiffLine, diffLines } from './line-diff.js';

/**
 * A change of a text as a unified diff to be shown: without credentials and the names of the files; `null` = there is no file.
 *
 * @param context lines shown around what changes
 */
export function unifiedDiff(before: string | null, after: string | null, context: number): readonly string[] {
  const lines = diffLines(linesOf(before), linesOf(after));
  return hunksOf(lines, context).flatMap(({ from, to }) => [
    header(lines, from, to),
    ...lines.slice(from, to).map(show),
  ]);
}

/** The lines with their ends, so that a missing one at the end of the file is a difference. */
function linesOf(text: string | null): readonly string[] {
  return text === null ? [] : (text.match(/[^\n]*\n|[^\n]+$/g) ?? []);
}

function show({ sign, line }: DiffLine): string {
  const end = line.endsWith('\n') ? '' : '\n\\ No newline at end of file';
  return `${sign}${withoutCredentials(line.replace(/\r?\n$/, ''))}${end}`;
}

type Span = { readonly from: number; readonly to: number };

/** Changed lines with what is around them; spans that touch become one. */
function hunksOf(lines: readonly DiffLine[], context: number): readonly Span[] {
  const hunks: Span[] = [];
  lines.forEach(({ sign }, index) => {
    if (sign === ' ') return;
    const last = hunks.at(-1);
    const from = Math.max(0, index - context);
    const to = Math.min(lines.length, index + context + 1);
    if (last !== undefined && from <= last.to) hunks.splice(-1, 1, { from: last.from, to });
    else hunks.push({ from, to });
  });
  return hunks;
}

function header(lines: readonly DiffLine[], from: number, to: number): string {
  const side = (other: '-' | '+'): string => {
    const isOn = ({ sign }: DiffLine): boolean => sign !== other;
    const count = lines.slice(from, to).filter(isOn).length;
    const above = lines.slice(0, from).filter(isOn).length;
    return `${count === 0 ? above : above + 1},${count}`;
  };
  return `@@ -${side('+')} +${side('-')} @@`;
}

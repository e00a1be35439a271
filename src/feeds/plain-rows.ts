import { MAX_ROW_LENGTH } from './limits.js';

/**
 * The rows of a table without a single quote, in which every delimiter and line end is one; `null` for any other, and for one
 * with a row that is too long. Empty lines are no rows.
 *
 * @param most rows that are read
 */
export function readPlainRows(
  text: string,
  delimiter: string,
  most: number,
): readonly (readonly string[])[] | null {
  if (text.includes('"')) return null;
  const rows: (readonly string[])[] = [];
  const lineEnd = /[\r\n]/g;
  for (let start = 0; start < text.length && rows.length < most; ) {
    lineEnd.lastIndex = start;
    const end = lineEnd.exec(text)?.index ?? text.length;
    if (end - start > MAX_ROW_LENGTH) return null;
    if (end > start) rows.push(text.slice(start, end).split(delimiter));
    start = end + 1;
  }
  return rows;
}

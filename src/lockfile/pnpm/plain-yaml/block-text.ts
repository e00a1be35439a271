import { type Cursor, LF, NotPlain, SPACE, skipToContent } from './cursor.js';

const HEADER = /\|(-?)\n/y;

/** Reads the text of `|` or `|-` below a key, and moves to the content behind it. @param indent that of the text @throws NotPlain */
export function readBlockText(cursor: Cursor, indent: number): string {
  const { text } = cursor;
  HEADER.lastIndex = cursor.at;
  const strip = HEADER.exec(text)?.[1];
  if (strip === undefined) throw new NotPlain('a header of a text');
  const lines: string[] = [];
  let at = HEADER.lastIndex;
  for (let start = lineOf(text, at, indent); start >= 0; start = lineOf(text, at, indent)) {
    const end = text.indexOf('\n', start);
    const line = text.slice(start, end);
    if (line.trim() === '' ? line !== '' || lines.length === 0 : lines.length === 0 && line.startsWith(' '))
      throw new NotPlain('spaces that may count');
    lines.push(line);
    at = end + 1;
  }
  while (lines.at(-1) === '') lines.pop();
  if (lines.length === 0) throw new NotPlain('an empty text');
  cursor.at = at;
  skipToContent(cursor);
  return lines.join('\n') + (strip === '' ? '\n' : '');
}

/** Where the content of the line at `at` starts, an empty line included; -1 where the text is over. */
function lineOf(text: string, at: number, indent: number): number {
  if (text.charCodeAt(at) === LF) return at;
  for (let offset = 0; offset < indent; offset++) if (text.charCodeAt(at + offset) !== SPACE) return -1;
  return at + indent;
}

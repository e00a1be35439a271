/** A place in a text that is read as plain YAML. */
export type Cursor = {
  readonly text: string;
  at: number;
  /** How many spaces are before the line at `at`; -1 where a document ends. */
  indent: number;
};

const END = -1;

/** Thrown at the first thing that the plain reader isn't sure of. */
export class NotPlain extends Error {}

export const LF = 10;
export const SPACE = 32;

/** Moves from the start of a line to the first character of the next line with content. @throws NotPlain */
export function skipToContent(cursor: Cursor): void {
  const { text } = cursor;
  let at = cursor.at;
  while (text.charCodeAt(at) === LF) at++;
  const start = at;
  while (text.charCodeAt(at) === SPACE) at++;
  cursor.at = at;
  cursor.indent = at - start;
  if (at === text.length || text.charCodeAt(at) === LF) {
    if (at > start) throw new NotPlain('a line of spaces');
    cursor.indent = END;
  } else if (at === start && text.startsWith('---\n', at)) cursor.indent = END;
}

/** Moves from the end of a line, as which nothing but a line break counts, to the next content. @throws NotPlain */
export function endLine(cursor: Cursor): void {
  if (cursor.text.charCodeAt(cursor.at) !== LF) throw new NotPlain('more on the line');
  cursor.at++;
  skipToContent(cursor);
}

/** Whether a document ends here: with the text, or before the line `---`. */
export function isAtEnd(cursor: Cursor): boolean {
  return cursor.indent === END;
}

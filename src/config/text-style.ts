/** How a JSON text is laid out. */
export type TextStyle = {
  /** One level of indentation; empty when the document is on one line. */
  readonly indent: string;
  readonly eol: string;
  /** What follows a comma or colon on one line. */
  readonly space: string;
};

export const NEW_FILE_STYLE: TextStyle = { indent: '  ', eol: '\n', space: ' ' };

/** The style of a JSON text that has at least one pair of brackets. */
export function styleOf(json: string): TextStyle {
  const body = json.trim();
  const eol = /\r\n|\n|\r/.exec(json)?.[0] ?? NEW_FILE_STYLE.eol;
  const isOneLine = !/[\r\n]/.test(body);
  if (isOneLine && body.length > '{}'.length) {
    return { indent: '', eol, space: JSON.stringify(JSON.parse(body)) === body ? '' : ' ' };
  }
  const indent = /[\r\n]([ \t]+)\S/.exec(body)?.[1] ?? NEW_FILE_STYLE.indent;
  return { ...NEW_FILE_STYLE, indent, eol };
}

/** The blanks at the start of the line that has this offset. */
export function lineIndent(text: string, offset: number): string {
  return /(?:^|[\r\n])([ \t]*)[^\r\n]*$/.exec(text.slice(0, offset))?.[1] ?? '';
}

/** Whether nothing but blanks is before this offset on its line, and the line is not the first. */
export function startsLine(text: string, offset: number): boolean {
  return /[\r\n][ \t]*$/.test(text.slice(0, offset));
}

/** A value as JSON in the given style, without members that are undefined; its lines after the first begin with `base`. */
export function renderJson(value: unknown, { indent, eol, space }: TextStyle, base: string): string {
  if (indent !== '') return JSON.stringify(value, null, indent).replaceAll('\n', `${eol}${base}`);
  return renderOneLine(value, space);
}

function renderOneLine(value: unknown, space: string): string {
  const separator = `,${space}`;
  if (Array.isArray(value)) return `[${value.map((item) => renderOneLine(item, space)).join(separator)}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .map(([key, inner]) => `${JSON.stringify(key)}:${space}${renderOneLine(inner, space)}`);
  return `{${members.join(separator)}}`;
}

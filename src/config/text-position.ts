/** `line:column` of an offset into `text`, both counted from 1. A line ends with LF, CR LF or CR. */
export function textPosition(text: string, offset: number): string {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return `${lines.length}:${(lines.at(-1) ?? '').length + 1}`;
}

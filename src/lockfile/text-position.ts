/** `line:column` of an offset into `text`, both counted from 1. */
export function textPosition(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  let line = 1;
  for (let at = before.indexOf('\n'); at >= 0; at = before.indexOf('\n', at + 1)) line++;
  return `${line}:${before.length - lineStart + 1}`;
}

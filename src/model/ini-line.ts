/** A line of an .npmrc as key and value, both without blanks around them; `null` for a comment and what sets nothing to a value. */
export function splitIniLine(line: string): readonly [key: string, value: string] | null {
  // By hand: a pattern with blanks before its `=` takes the square of a long line.
  const equals = line.indexOf('=');
  const key = line.slice(0, Math.max(0, equals)).trim();
  return key === '' || /^[;#]/.test(key) ? null : [key, line.slice(equals + 1).trim()];
}

/** The value of a JavaScript string or template literal, given with its quotes; `null` = not closed. */
export function stringValue(literal: string): string | null {
  const quote = literal[0];
  if (literal.length < 2 || quote === undefined || !literal.endsWith(quote)) return null;
  const inner = literal.slice(1, -1);
  return inner.includes('\\') ? inner.replace(ESCAPE, (_, ...found: unknown[]) => unescaped(found)) : inner;
}

const ESCAPE = /\\(?:u\{([\da-fA-F]{1,6})\}|u([\da-fA-F]{4})|x([\da-fA-F]{2})|([\s\S]))/g;
const NAMED: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', 0: '\0', '\n': '' };

function unescaped([braced, four, two, other]: readonly unknown[]): string {
  const code = [braced, four, two].find((digits) => typeof digits === 'string');
  if (typeof code === 'string') {
    const point = Number.parseInt(code, 16);
    return point <= 0x10_ff_ff ? String.fromCodePoint(point) : '';
  }
  return typeof other === 'string' ? (NAMED[other] ?? other) : '';
}

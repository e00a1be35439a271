/** How many object keys the text of a valid JSON document holds. */
export function countKeyTokens(json: string): number {
  let count = 0;
  for (let start = json.indexOf('"'); start >= 0; ) {
    const after = skipSpace(json, stringEnd(json, start) + 1);
    if (json.charCodeAt(after) === COLON) count++;
    start = json.indexOf('"', after);
  }
  return count;
}

/** How many keys all objects inside of `value` have together. */
export function countKeys(value: unknown): number {
  let count = 0;
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null) continue;
    const values = Object.values(next);
    if (!Array.isArray(next)) count += values.length;
    for (const inner of values) if (typeof inner === 'object' && inner !== null) open.push(inner);
  }
  return count;
}

/** The offset of the quote that ends the string starting at `start`. */
export function stringEnd(json: string, start: number): number {
  let end = json.indexOf('"', start + 1);
  while (isEscaped(json, end)) end = json.indexOf('"', end + 1);
  return end;
}

export function skipSpace(json: string, from: number): number {
  let at = from;
  while (json.charCodeAt(at) <= SPACE) at++;
  return at;
}

const COLON = 58;
const SPACE = 32;
const BACKSLASH = 92;

function isEscaped(json: string, quote: number): boolean {
  let slashes = 0;
  while (json.charCodeAt(quote - 1 - slashes) === BACKSLASH) slashes++;
  return slashes % 2 === 1;
}

/**
 * At least the number of object keys that the text of a valid JSON document holds: the colons that follow a quote. More
 * only where a string has such a colon in it.
 */
export function countKeyMarks(json: string): number {
  let count = 0;
  for (let colon = json.indexOf(':'); colon >= 0; colon = json.indexOf(':', colon + 1)) {
    let before = colon - 1;
    while (json.charCodeAt(before) <= SPACE) before--;
    if (json.charCodeAt(before) === QUOTE) count++;
  }
  return count;
}

/** How many keys all objects inside of `value` have together. */
export function countKeys(value: unknown): number {
  let count = 0;
  const open: unknown[] = typeof value === 'object' && value !== null ? [value] : [];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const isObject = !Array.isArray(next);
    // Of what JSON.parse makes, all enumerable keys are own ones.
    for (const key in next as object) {
      const one = (next as Record<string, unknown>)[key];
      if (isObject) count++;
      if (typeof one === 'object' && one !== null) open.push(one);
    }
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

const QUOTE = 34;
const SPACE = 32;
const BACKSLASH = 92;

function isEscaped(json: string, quote: number): boolean {
  let slashes = 0;
  while (json.charCodeAt(quote - 1 - slashes) === BACKSLASH) slashes++;
  return slashes % 2 === 1;
}

import { MAX_CODES, ONE_BYTE_CODES } from '../../src/names/data/symbols.js';
import { MAX_SYMBOL, segment } from './encoder.js';

const ROUNDS = 5;
/** Training looks at every third text; the rest would change the size by less than one percent. */
const STRIDE = 3;

/**
 * Finds the symbols that make the coded texts short, commonest first: each round cuts the texts with the
 * present symbols and keeps the symbols and the pairs of neighbours that cover most characters. Deterministic.
 */
export function trainSymbols(texts: readonly string[]): string[] {
  const characters = [...new Set(texts.join(''))].sort();
  const sample = texts.filter((_, i) => i % STRIDE === 0);
  let known = new Map(characters.map((c) => [c, 0]));
  for (let round = 0; round < ROUNDS; round++) {
    const best = [...countPairs(sample, known)]
      .filter(([symbol]) => symbol.length > 1)
      .sort(([a, n], [b, m]) => m * (b.length - 1) - n * (a.length - 1) || compare(a, b))
      .slice(0, MAX_CODES - characters.length);
    known = new Map([
      ...best.map(([symbol]): [string, number] => [symbol, 0]),
      ...characters.map((c): [string, number] => [c, 0]),
    ]);
  }
  return order(sample, known, characters);
}

function countPairs(texts: readonly string[], known: ReadonlyMap<string, number>): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (symbol: string): void => void counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
  for (const text of texts) {
    let previous = '';
    for (const part of segment(text, known)) {
      add(part);
      if (previous !== '' && previous.length + part.length <= MAX_SYMBOL) add(previous + part);
      previous = part;
    }
  }
  return counts;
}

/** Single characters always get a one-byte code, so that no coded name is longer than its text. */
function order(
  texts: readonly string[],
  known: ReadonlyMap<string, number>,
  characters: readonly string[],
): string[] {
  const uses = new Map<string, number>([...known.keys()].map((symbol) => [symbol, 0]));
  for (const text of texts)
    for (const part of segment(text, known)) uses.set(part, (uses.get(part) ?? 0) + 1);
  const longer = [...uses].filter(([s]) => s.length > 1).sort(([a, n], [b, m]) => m - n || compare(a, b));
  const short = longer.slice(0, ONE_BYTE_CODES - characters.length).map(([s]) => s);
  return [...characters, ...short, ...longer.slice(short.length).map(([s]) => s)];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

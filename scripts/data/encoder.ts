import { ONE_BYTE_CODES } from '../../src/names/data/symbols.js';

/** Longest symbol that training considers. */
export const MAX_SYMBOL = 12;

/** Turns text into codes, greedily: the longest symbol that fits comes first. */
export class Encoder {
  readonly #codes: ReadonlyMap<string, number>;

  constructor(symbols: readonly string[]) {
    this.#codes = new Map(symbols.map((symbol, code) => [symbol, code]));
  }

  encode(text: string): number[] {
    const out: number[] = [];
    for (const symbol of segment(text, this.#codes)) {
      const code = this.#codes.get(symbol);
      if (code === undefined)
        throw new Error(`No code for ${JSON.stringify(symbol)} in ${JSON.stringify(text)}`);
      if (code < ONE_BYTE_CODES) out.push(code);
      else out.push(ONE_BYTE_CODES + ((code - ONE_BYTE_CODES) >> 8), (code - ONE_BYTE_CODES) & 0xff);
    }
    return out;
  }
}

/** Cuts `text` into known symbols, longest first; a character without a symbol stands alone. */
export function segment(text: string, known: ReadonlyMap<string, number>): string[] {
  const parts: string[] = [];
  for (let at = 0; at < text.length; ) {
    let length = Math.min(MAX_SYMBOL, text.length - at);
    while (length > 1 && !known.has(text.substr(at, length))) length--;
    parts.push(text.substr(at, length));
    at += length;
  }
  return parts;
}

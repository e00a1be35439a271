/**
 * Names are stored as codes for the letter sequences that they share (`react-`, `plugin`, …): the 240
 * commonest take one byte, 4,096 more take two, of which the first is 240–255.
 */
export const ONE_BYTE_CODES = 240;
export const MAX_CODES = ONE_BYTE_CODES + (256 - ONE_BYTE_CODES) * 256;

/** Reads coded text out of `bytes` with the symbols of a data file. */
export class SymbolReader {
  readonly #starts: Uint32Array;
  readonly #text: Uint8Array;

  /** `table` holds every symbol as a length byte and its ASCII text, in code order. */
  constructor(table: Uint8Array, count: number) {
    this.#text = table;
    this.#starts = new Uint32Array(count);
    for (let code = 0, at = 0; code < count; code++) {
      this.#starts[code] = at;
      at += 1 + (table[at] ?? 0);
    }
  }

  /**
   * Walks the codes at `[at, end)` along `text[from, to)`: the place behind the last code used, -1 when they
   * differ.
   */
  match(bytes: Uint8Array, at: number, end: number, text: string, from: number, to: number): number {
    const starts = this.#starts;
    const symbols = this.#text;
    let pos = at;
    let i = from;
    while (i < to) {
      if (pos >= end) return -1;
      let code = bytes[pos++] as number;
      if (code >= ONE_BYTE_CODES)
        code = ONE_BYTE_CODES + ((code - ONE_BYTE_CODES) << 8) + (bytes[pos++] as number);
      let symbol = starts[code] as number;
      if (symbols[symbol + 1] !== text.charCodeAt(i)) return -1;
      const stop = symbol + (symbols[symbol] as number);
      if (i + stop - symbol > to) return -1;
      for (symbol++, i++; symbol < stop; i++) if (symbols[++symbol] !== text.charCodeAt(i)) return -1;
    }
    return pos;
  }

  /** Does the text behind the codes at `[at, end)` begin with this character? */
  startsWith(bytes: Uint8Array, at: number, end: number, character: number): boolean {
    if (at >= end) return false;
    let code = bytes[at] as number;
    if (code >= ONE_BYTE_CODES)
      code = ONE_BYTE_CODES + ((code - ONE_BYTE_CODES) << 8) + (bytes[at + 1] as number);
    return this.#text[(this.#starts[code] as number) + 1] === character;
  }

  /** The text behind the codes at `[at, end)`. */
  decode(bytes: Uint8Array, at: number, end: number): string {
    let text = '';
    for (let pos = at; pos < end; ) {
      let code = bytes[pos++] as number;
      if (code >= ONE_BYTE_CODES)
        code = ONE_BYTE_CODES + ((code - ONE_BYTE_CODES) << 8) + (bytes[pos++] as number);
      const start = this.#starts[code] as number;
      const stop = start + 1 + (this.#text[start] as number);
      for (let s = start + 1; s < stop; s++) text += String.fromCharCode(this.#text[s] as number);
    }
    return text;
  }
}

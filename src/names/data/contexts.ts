/** Symbols that contexts tell apart: the edge of a name, 26 letters, 10 digits, `-`, anything else. */
const KINDS = 39;
const EDGE = 0;
const DASH = 37;
const OTHER = 38;
const LETTERS = 26;
/** Bytes of a mask: 32 bits for letters, 16 for digits. */
const MASK = 6;
/** Places around the gap that a mask is for. */
const FOLLOWING = 0;
const BETWEEN = 1;
const PRECEDING = 2;

/** Size of the section in a data file. */
export const CONTEXTS_LENGTH = 3 * KINDS * KINDS * MASK;

/**
 * Which characters stand next to which others in the names worth imitating: three of four candidates with one
 * character put in die here, before their hash is computed. For each pair of symbols it holds the characters
 * seen behind them, between them and in front of them.
 */
export class Contexts {
  readonly #letters = new Uint32Array(3 * KINDS * KINDS);
  readonly #digits = new Uint16Array(3 * KINDS * KINDS);

  constructor(section: Uint8Array) {
    for (let i = 0, at = 0; i < this.#letters.length; i++, at += MASK) {
      const byte = (offset: number): number => section[at + offset] ?? 0;
      this.#letters[i] = byte(0) | (byte(1) << 8) | (byte(2) << 16) | (byte(3) << 24);
      this.#digits[i] = byte(4) | (byte(5) << 8);
    }
  }

  /**
   * Bit i: the i-th letter fits between the symbols of `symbols[left]` and `symbols[right]` and their outer
   * neighbours.
   */
  letters(symbols: Uint8Array, left: number, right: number): number {
    const places = this.#letters;
    return (
      (places[slot(FOLLOWING, symbols, left - 1, left)] as number) &
      (places[slot(BETWEEN, symbols, left, right)] as number) &
      (places[slot(PRECEDING, symbols, right, right + 1)] as number)
    );
  }

  /** Bit i: the digit i fits there. */
  digits(symbols: Uint8Array, left: number, right: number): number {
    const places = this.#digits;
    return (
      (places[slot(FOLLOWING, symbols, left - 1, left)] as number) &
      (places[slot(BETWEEN, symbols, left, right)] as number) &
      (places[slot(PRECEDING, symbols, right, right + 1)] as number)
    );
  }
}

/** The symbols of `text`, two edges in front and two behind. */
export function symbolsOf(text: string): Uint8Array {
  const symbols = new Uint8Array(text.length + 4);
  for (let i = 0; i < text.length; i++) symbols[i + 2] = symbolOf(text.charCodeAt(i));
  return symbols;
}

/** Builds the section from the names worth imitating. */
export function packContexts(names: Iterable<string>): Uint8Array {
  const section = new Uint8Array(CONTEXTS_LENGTH);
  for (const name of names) {
    const symbols = symbolsOf(name);
    for (let i = 2; i < symbols.length - 2; i++) {
      const symbol = symbols[i] as number;
      mark(section, slot(FOLLOWING, symbols, i - 2, i - 1), symbol);
      mark(section, slot(BETWEEN, symbols, i - 1, i + 1), symbol);
      mark(section, slot(PRECEDING, symbols, i + 1, i + 2), symbol);
    }
  }
  return section;
}

function mark(section: Uint8Array, index: number, symbol: number): void {
  if (symbol === EDGE || symbol >= DASH) return;
  const bit = symbol <= LETTERS ? symbol - 1 : 32 + symbol - LETTERS - 1;
  const at = index * MASK + (bit >> 3);
  section[at] = (section[at] as number) | (1 << (bit & 7));
}

function slot(place: number, symbols: Uint8Array, first: number, second: number): number {
  return (place * KINDS + (symbols[first] as number)) * KINDS + (symbols[second] as number);
}

function symbolOf(character: number): number {
  if (character >= 0x61 && character <= 0x7a) return character - 0x60;
  if (character >= 0x30 && character <= 0x39) return LETTERS + 1 + character - 0x30;
  return character === 0x2d ? DASH : OTHER;
}

/** What bit 0 of a mask of letters and of a mask of digits stands for. */
export const FIRST_LETTER = 0x61;
export const FIRST_DIGIT = 0x30;

/** Position of the lowest bit that is set in a mask that isn't empty. */
export function lowestBit(mask: number): number {
  return 31 - Math.clz32(mask & -mask);
}

export function isSeparator(character: number): boolean {
  return character === 0x2d || character === 0x5f || character === 0x2e;
}

export function isDigit(character: number): boolean {
  return character >= 0x30 && character <= 0x39;
}

/** A lower-case one. */
export function isLetter(character: number): boolean {
  return character >= 0x61 && character <= 0x7a;
}

/** `text` with `[at, at + removed)` replaced by `insert`. */
export function splice(text: string, at: number, removed: number, insert: string): string {
  return text.slice(0, at) + insert + text.slice(at + removed);
}

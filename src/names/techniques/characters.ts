/** Code units that an edit may put into a name. */
export const LETTERS: readonly number[] = [...'abcdefghijklmnopqrstuvwxyz'].map((c) => c.charCodeAt(0));
export const DIGITS: readonly number[] = [...'0123456789'].map((c) => c.charCodeAt(0));
export const NAME_CHARACTERS: readonly number[] = [...LETTERS, ...DIGITS];

export function isSeparator(character: number): boolean {
  return character === 0x2d || character === 0x5f || character === 0x2e;
}

export function isDigit(character: number): boolean {
  return character >= 0x30 && character <= 0x39;
}

/** `text` with `[at, at + removed)` replaced by `insert`. */
export function splice(text: string, at: number, removed: number, insert: string): string {
  return text.slice(0, at) + insert + text.slice(at + removed);
}

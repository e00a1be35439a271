import { type EditHashes, weight } from './edit-hashes.js';
import type { NameData } from './name-data.js';
import type { Subject } from './subject.js';
import { FIRST_DIGIT, FIRST_LETTER, isDigit, isSeparator, lowestBit } from './techniques/characters.js';

/**
 * A character that makes a name worth imitating out of the judged one when it is put in, or stands, at `at`.
 */
export interface SingleEdit {
  readonly at: number;
  readonly meant: string;
}

/** Tries every letter and digit in front of each position where an edit counts, and behind the last. */
export function findInsertions({ edits, symbols, editFrom, editTo, data }: Subject): SingleEdit[] {
  const found: SingleEdit[] = [];
  for (let at = editFrom; at <= editTo; at++) {
    const base = edits.insertBase(at);
    const factor = weight(edits.text.length - at);
    probe(data.contexts.letters(symbols, at + 1, at + 2), FIRST_LETTER, base, factor, at, data, found);
    probe(data.contexts.digits(symbols, at + 1, at + 2), FIRST_DIGIT, base, factor, at, data, found);
  }
  return found;
}

/** Tries every other letter in place of a letter and every other digit in place of a digit at `[from, to)`. */
export function findReplacements(
  edits: EditHashes,
  symbols: Uint8Array,
  from: number,
  to: number,
  data: NameData,
): SingleEdit[] {
  const found: SingleEdit[] = [];
  const { text } = edits;
  for (let at = from; at < to; at++) {
    const typed = text.charCodeAt(at);
    if (isSeparator(typed)) continue;
    const base = edits.replaceBase(at);
    const factor = weight(text.length - at - 1);
    if (isDigit(typed))
      probe(data.contexts.digits(symbols, at + 1, at + 3), FIRST_DIGIT, base, factor, at, data, found);
    else probe(data.contexts.letters(symbols, at + 1, at + 3), FIRST_LETTER, base, factor, at, data, found);
  }
  return found.length === 0 ? found : found.filter(({ at, meant }) => text.charAt(at) !== meant);
}

/** Asks the filter about each character whose bit is set in `mask`. */
function probe(
  mask: number,
  first: number,
  base: number,
  factor: number,
  at: number,
  data: NameData,
  found: SingleEdit[],
): void {
  for (let rest = mask; rest !== 0; rest &= rest - 1) {
    const character = first + lowestBit(rest);
    if (data.mayBeTarget((base + Math.imul(character, factor)) | 0))
      found.push({ at, meant: String.fromCharCode(character) });
  }
}

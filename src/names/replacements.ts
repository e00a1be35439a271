import { type EditHashes, weight } from './edit-hashes.js';
import type { NameData } from './name-data.js';
import { DIGITS, isDigit, isSeparator, LETTERS } from './techniques/characters.js';

/** A character that makes a name worth imitating out of the judged one when it stands at `at`. */
export interface Replacement {
  readonly at: number;
  readonly meant: string;
}

/** Tries a letter for every letter and a digit for every digit at `[from, to)`. */
export function findReplacements(edits: EditHashes, from: number, to: number, data: NameData): Replacement[] {
  const found: Replacement[] = [];
  const { text } = edits;
  for (let at = from; at < to; at++) {
    const typed = text.charCodeAt(at);
    if (isSeparator(typed)) continue;
    const base = edits.replaceBase(at);
    const factor = weight(text.length - at - 1);
    for (const character of isDigit(typed) ? DIGITS : LETTERS) {
      if (character !== typed && data.mayBeTarget((base + Math.imul(character, factor)) | 0)) {
        found.push({ at, meant: String.fromCharCode(character) });
      }
    }
  }
  return found;
}

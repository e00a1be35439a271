import { weight } from '../edit-hashes.js';
import type { Technique } from '../technique.js';
import { isDigit, isLetter, splice } from './characters.js';

/**
 * The bit that turns letters into digits, and `m` into `-`; the others lead from letter to letter or from
 * digit to digit.
 */
const KIND_BIT = 0x40;
const DASH = 0x2d;

/** `momend` for `moment`: one bit of a character is wrong, as in bitsquatting after a memory error. */
export const bitFlip: Technique = {
  id: 'bit-flip',
  signal: 'TYPOSQUAT',
  find({ name, edits, data, replacements, editFrom, editTo }, report) {
    const claim = (at: number, meant: string): void => {
      const evidence = { typed: name.charAt(at), meant, position: at };
      const likeness = isDigit(meant.charCodeAt(0)) ? 1 : 2.3;
      report.claim({ technique: this, imitated: splice(name, at, 1, meant), likeness, evidence });
    };
    for (const { at, meant } of replacements) {
      const difference = name.charCodeAt(at) ^ meant.charCodeAt(0);
      if ((difference & (difference - 1)) === 0) claim(at, meant);
    }
    for (let at = editFrom; at < editTo; at++) {
      const character = name.charCodeAt(at) ^ KIND_BIT;
      if (!isDigit(character) && !isLetter(character) && character !== DASH) continue;
      const hash = edits.replaceBase(at) + Math.imul(character, weight(name.length - at - 1));
      if (data.mayBeTarget(hash | 0)) claim(at, String.fromCharCode(character));
    }
  },
};

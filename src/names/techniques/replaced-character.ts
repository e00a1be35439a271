import type { Technique } from '../technique.js';
import { isDigit, splice } from './characters.js';

const VOWELS = 'aeiouy';

/**
 * `requist` for `request`: another letter stands in place of the right one, or a digit for a digit; a vowel
 * for a vowel convinces more.
 */
export const replacedCharacter: Technique = {
  id: 'replaced-character',
  signal: 'TYPOSQUAT',
  find({ name, replacements }, report) {
    for (const { at, meant } of replacements) {
      const typed = name.charAt(at);
      const likeness = isDigit(typed.charCodeAt(0))
        ? 0.8
        : VOWELS.includes(typed) && VOWELS.includes(meant)
          ? 2.3
          : 1.4;
      const evidence = { typed, meant, position: at };
      report.claim({ technique: this, imitated: splice(name, at, 1, meant), likeness, evidence });
    }
  },
};

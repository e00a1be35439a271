import { findInsertions } from '../single-edits.js';
import type { Technique } from '../technique.js';
import { isDigit, splice } from './characters.js';

/** `expres` for `express`: one character of the imitated name is missing. */
export const omittedCharacter: Technique = {
  id: 'omitted-character',
  signal: 'TYPOSQUAT',
  find(subject, report) {
    const { name } = subject;
    for (const { at, meant } of findInsertions(subject)) {
      const likeness = isDigit(meant.charCodeAt(0)) ? 1 : 3;
      const evidence = { missing: meant, position: at };
      report.claim({ technique: this, imitated: splice(name, at, 0, meant), likeness, evidence });
    }
  },
};

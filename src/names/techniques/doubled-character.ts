import type { Technique } from '../technique.js';
import { isDigit, isSeparator, splice } from './characters.js';

/** `expresss` for `express`: a character is typed twice. */
export const doubledCharacter: Technique = {
  id: 'doubled-character',
  signal: 'TYPOSQUAT',
  find(subject, report) {
    const { edits, data, name, editFrom, editTo } = subject;
    for (let at = editFrom; at + 1 < editTo; at++) {
      const character = name.charCodeAt(at);
      if (
        isSeparator(character) ||
        character !== name.charCodeAt(at + 1) ||
        !data.mayBeTarget(edits.without(at))
      )
        continue;
      const evidence = { doubled: name.charAt(at), position: at };
      const likeness = isDigit(character) ? 1 : 3.2;
      report.claim({ technique: this, imitated: splice(name, at, 1, ''), likeness, evidence });
    }
  },
};

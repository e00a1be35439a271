import type { Technique } from '../technique.js';
import { isDigit, isSeparator, splice } from './characters.js';

/** `lodaash` is doubled-character; `lodwash` for `lodash`: a character too many. */
export const addedCharacter: Technique = {
  id: 'added-character',
  signal: 'TYPOSQUAT',
  find(subject, report) {
    const { edits, data, name, editFrom, editTo } = subject;
    for (let at = editFrom; at < editTo; at++) {
      const character = name.charCodeAt(at);
      if (isSeparator(character) || (at > editFrom && character === name.charCodeAt(at - 1))) continue;
      if (character === name.charCodeAt(at + 1) || !data.mayBeTarget(edits.without(at))) continue;
      const evidence = { added: name.charAt(at), position: at };
      const likeness = isDigit(character) ? 1 : 2.7;
      report.claim({ technique: this, imitated: splice(name, at, 1, ''), likeness, evidence });
    }
  },
};

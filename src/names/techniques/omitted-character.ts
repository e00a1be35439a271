import { weight } from '../edit-hashes.js';
import type { Technique } from '../technique.js';
import { isDigit, NAME_CHARACTERS, splice } from './characters.js';

/** `expres` for `express`: one character of the imitated name is missing. */
export const omittedCharacter: Technique = {
  id: 'omitted-character',
  signal: 'TYPOSQUAT',
  find(subject, report) {
    const { edits, data, name, editFrom, editTo } = subject;
    for (let at = editFrom; at <= editTo; at++) {
      const base = edits.insertBase(at);
      const factor = weight(name.length - at);
      for (const character of NAME_CHARACTERS) {
        if (!data.mayBeTarget((base + Math.imul(character, factor)) | 0)) continue;
        const missing = String.fromCharCode(character);
        const likeness = isDigit(character) ? 1 : 3;
        report.claim({ technique: this, imitated: splice(name, at, 0, missing), likeness, evidence: { missing, position: at } });
      }
    }
  },
};

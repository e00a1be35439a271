import type { Technique } from '../technique.js';
import { splice } from './characters.js';

/** `axois` for `axios`: two neighbouring characters have changed places. */
export const swappedCharacters: Technique = {
  id: 'swapped-characters',
  signal: 'TYPOSQUAT',
  find(subject, report) {
    const { edits, data, name, editFrom, editTo } = subject;
    for (let at = editFrom; at + 1 < editTo; at++) {
      if (name.charCodeAt(at) === name.charCodeAt(at + 1) || !data.mayBeTarget(edits.swapped(at))) continue;
      const swapped = name.charAt(at + 1) + name.charAt(at);
      const evidence = { swapped, position: at };
      report.claim({ technique: this, imitated: splice(name, at, 2, swapped), likeness: 3.3, evidence });
    }
  },
};

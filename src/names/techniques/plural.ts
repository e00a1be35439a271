import type { Subject } from '../subject.js';
import type { Report, Technique } from '../technique.js';
import { splice } from './characters.js';

const SHORTEST_WORD = 3;
const ENDINGS: readonly (readonly [written: string, meant: string])[] = [
  ['ies', 'y'],
  ['es', ''],
  ['s', ''],
  ['y', 'ies'],
  ['', 's'],
  ['', 'es'],
];

/** `requests-promise`, `class-names`: a word in the singular stands in the plural or the other way round. */
export const plural: Technique = {
  id: 'plural',
  signal: 'TYPOSQUAT',
  find(subject, report) {
    if (subject.scope !== null && subject.editFrom === 1) return;
    subject.words.forEach((word, i) => {
      if (word.length >= SHORTEST_WORD) changeNumber(subject, word, subject.wordStarts[i] as number, report);
    });
  },
};

function changeNumber({ name, edits, data }: Subject, word: string, start: number, report: Report): void {
  for (const [written, meant] of ENDINGS) {
    if (!word.endsWith(written)) continue;
    const at = start + word.length - written.length;
    if (!data.mayBeTarget(edits.spliced(at, written.length, meant))) continue;
    const imitated = splice(name, at, written.length, meant);
    report.claim({
      technique: plural,
      imitated,
      likeness: 2.5,
      evidence: { word, meant: word.slice(0, at - start) + meant },
    });
  }
}

import { EditHashes, weight } from '../edit-hashes.js';
import type { Subject } from '../subject.js';
import type { Report, Technique } from '../technique.js';
import { splice } from './characters.js';

const CHOICES = ['-', '.', '_'];
const LIKENESS = 3;

/**
 * `crossenv` for `cross-env`, `date_fns`, `l-odash`, `nodec-ron`: separators dropped, exchanged, added or
 * moved.
 */
export const separators: Technique = {
  id: 'separators',
  signal: 'TYPOSQUAT',
  find(subject, report) {
    const places = separatorPlaces(subject);
    insertOne(subject, subject.edits, subject.editFrom, subject.editTo, CHOICES, report);
    if (places.length === 0) resplit(subject, report);
    else exchange(subject, places, report);
    for (const place of places) {
      const without = new EditHashes(splice(subject.name, place, 1, ''));
      if (subject.data.mayBeTarget(subject.edits.without(place))) claim(subject, report, without.text);
      insertOne(subject, without, subject.editFrom, subject.editTo - 1, [subject.name.charAt(place)], report);
    }
  },
};

function claim(subject: Subject, report: Report, imitated: string): void {
  if (imitated === subject.name) return;
  report.claim({ technique: separators, imitated, likeness: LIKENESS, evidence: { written: subject.name } });
}

function separatorPlaces({ name, editFrom, editTo }: Subject): number[] {
  const places: number[] = [];
  for (let at = editFrom; at < editTo; at++) if (CHOICES.includes(name.charAt(at))) places.push(at);
  return places.slice(0, 6);
}

/** One of `choices`, put between any two characters of `edits.text`. */
function insertOne(
  subject: Subject,
  edits: EditHashes,
  from: number,
  to: number,
  choices: readonly string[],
  report: Report,
): void {
  for (let at = from + 1; at < to; at++) {
    const base = edits.insertBase(at);
    const factor = weight(edits.text.length - at);
    for (const separator of choices) {
      if (!subject.data.mayBeTarget((base + Math.imul(separator.charCodeAt(0), factor)) | 0)) continue;
      claim(subject, report, splice(edits.text, at, 0, separator));
    }
  }
}

/** All separators gone or of another kind, and each one exchanged alone. */
function exchange(subject: Subject, places: readonly number[], report: Report): void {
  const { name, editFrom, editTo, edits, data } = subject;
  const edited = name.slice(editFrom, editTo);
  for (const separator of ['', ...CHOICES]) {
    claim(subject, report, splice(name, editFrom, edited.length, edited.replace(/[-_.]+/g, separator)));
    if (separator === '') continue;
    for (const place of places.length > 1 ? places : []) {
      if (data.mayBeTarget(edits.spliced(place, 1, separator)))
        claim(subject, report, splice(name, place, 1, separator));
    }
  }
}

/** More than one separator dropped: the words that the text consists of, joined again. */
function resplit(subject: Subject, report: Report): void {
  const { name, editFrom, editTo } = subject;
  for (const words of subject.resplits) {
    for (const separator of CHOICES)
      claim(subject, report, splice(name, editFrom, editTo - editFrom, words.join(separator)));
  }
}

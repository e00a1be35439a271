import { weight } from '../edit-hashes.js';
import { BASE, hashText } from '../hash.js';
import type { Subject } from '../subject.js';
import type { Report, Technique } from '../technique.js';
import { isSeparator, splice } from './characters.js';

const CHOICES = ['-', '.', '_'];
const LIKENESS = 3;
/** Separators of a name that are looked at one by one. */
const MOST_PLACES = 6;

/**
 * `crossenv` for `cross-env`, `date_fns`, `l-odash`, `nodec-ron`: separators dropped, exchanged, added or
 * moved.
 */
export const separators: Technique = {
  id: 'separators',
  signal: 'TYPOSQUAT',
  find(subject, report) {
    const places = separatorPlaces(subject);
    insertOne(subject, report);
    if (places.length === 0) resplit(subject, report);
    else exchange(subject, places, report);
    for (const place of places) move(subject, place, report);
  },
};

function claim(subject: Subject, report: Report, imitated: string): void {
  if (imitated === subject.name) return;
  report.claim({ technique: separators, imitated, likeness: LIKENESS, evidence: { written: subject.name } });
}

function separatorPlaces({ name, editFrom, editTo }: Subject): number[] {
  const places: number[] = [];
  for (let at = editFrom; at < editTo && places.length < MOST_PLACES; at++)
    if (isSeparator(name.charCodeAt(at))) places.push(at);
  return places;
}

/** A separator put between any two characters. */
function insertOne(subject: Subject, report: Report): void {
  const { name, edits, data, editFrom, editTo } = subject;
  for (let at = editFrom + 1; at < editTo; at++) {
    const base = edits.insertBase(at);
    const factor = weight(name.length - at);
    for (const separator of CHOICES) {
      if (data.mayBeTarget((base + Math.imul(separator.charCodeAt(0), factor)) | 0))
        claim(subject, report, splice(name, at, 0, separator));
    }
  }
}

/** The separator at `place` dropped, or put between two other characters. */
function move(subject: Subject, place: number, report: Report): void {
  const { name, edits, data, editFrom, editTo } = subject;
  if (data.mayBeTarget(edits.without(place))) claim(subject, report, splice(name, place, 1, ''));
  for (let to = editFrom + 1; to < editTo - 1; to++) {
    if (to !== place && data.mayBeTarget(edits.moved(place, to)))
      claim(subject, report, splice(splice(name, place, 1, ''), to, 0, name.charAt(place)));
  }
}

/** All separators gone or of another kind, and each one exchanged alone. */
function exchange(subject: Subject, places: readonly number[], report: Report): void {
  const { name, editFrom, editTo, edits, data } = subject;
  for (const separator of ['', ...CHOICES]) {
    if (data.mayBeTarget(hashWith(separator, subject))) {
      const edited = name.slice(editFrom, editTo).replace(/[-_.]+/g, separator);
      claim(subject, report, splice(name, editFrom, editTo - editFrom, edited));
    }
    if (separator === '') continue;
    for (const place of places.length > 1 ? places : []) {
      if (data.mayBeTarget(edits.spliced(place, 1, separator)))
        claim(subject, report, splice(name, place, 1, separator));
    }
  }
}

/** Hash of the name with `separator` in place of every run of separators. */
function hashWith(separator: string, { name, editFrom, editTo, edits }: Subject): number {
  let hash = edits.of(0, editFrom);
  let inRun = false;
  for (let at = editFrom; at < editTo; at++) {
    const character = name.charCodeAt(at);
    const isRun = isSeparator(character);
    if (!isRun) hash = Math.imul(hash, BASE) + character;
    else if (!inRun) hash = hashText(separator, 0, separator.length, hash);
    inRun = isRun;
  }
  return edits.append(hash | 0, editTo, name.length);
}

/** More than one separator dropped: the words that the text consists of, joined again. */
function resplit(subject: Subject, report: Report): void {
  const { name, editFrom, editTo } = subject;
  for (const words of subject.resplits) {
    for (const separator of CHOICES)
      claim(subject, report, splice(name, editFrom, editTo - editFrom, words.join(separator)));
  }
}

import type { Subject } from '../subject.js';
import type { Report, Technique } from '../technique.js';
import { isDigit, splice } from './characters.js';
import { foldUnicode } from './fold-unicode.js';

/** What is read in place of what is written. */
const LOOK_ALIKES: readonly (readonly [written: string, read: string])[] = [
  ['0', 'o'],
  ['o', '0'],
  ['1', 'l'],
  ['1', 'i'],
  ['l', '1'],
  ['i', '1'],
  ['i', 'l'],
  ['l', 'i'],
  ['3', 'e'],
  ['4', 'a'],
  ['5', 's'],
  ['s', '5'],
  ['7', 't'],
  ['8', 'b'],
  ['9', 'g'],
  ['6', 'b'],
  ['2', 'z'],
  ['rn', 'm'],
  ['m', 'rn'],
  ['vv', 'w'],
  ['w', 'vv'],
  ['cl', 'd'],
  ['d', 'cl'],
  ['nn', 'm'],
  ['q', 'g'],
  ['g', 'q'],
  ['u', 'v'],
  ['v', 'u'],
  ['ii', 'u'],
];
/** `u`/`v`, `q`/`g` and `d`/`cl` are told apart more easily than the others. */
const WEAK = new Set(['u', 'v', 'q', 'g', 'd', 'cl', 'ii', 'nn']);

/**
 * `l0dash`, `rnoment`, `lоdash` with a Cyrillic `о`, `xn--…`: characters that look like those of the imitated
 * name.
 */
export const lookAlike: Technique = {
  id: 'look-alike',
  signal: 'TYPOSQUAT',
  find(subject, report) {
    foldForeign(subject, report);
    const { name, editFrom, editTo, edits, data } = subject;
    const present = charactersOf(name);
    for (const [written, read] of LOOK_ALIKES) {
      if (((present >>> (written.charCodeAt(0) & 31)) & 1) === 0) continue;
      for (
        let at = name.indexOf(written, editFrom);
        at >= 0 && at < editTo;
        at = name.indexOf(written, at + 1)
      ) {
        if (!data.mayBeTarget(edits.spliced(at, written.length, read))) continue;
        const likeness = WEAK.has(written) ? 1.4 : 3.2;
        const evidence = { written, read, position: at };
        report.claim({
          technique: this,
          imitated: splice(name, at, written.length, read),
          likeness,
          evidence,
        });
      }
    }
    foldDigits(subject, report);
  },
};

function foldForeign(subject: Subject, report: Report): void {
  const folded = foldUnicode(subject.name);
  if (folded === null) return;
  const evidence = { readAs: folded };
  report.claim({ technique: lookAlike, imitated: folded, likeness: 4, evidence, foreign: true });
}

/** Several digits at once: `r34ct`. */
function foldDigits(subject: Subject, report: Report): void {
  if (!hasTwoDigits(subject.name)) return;
  for (const one of ['l', 'i']) {
    const letters: Record<string, string> = {
      '0': 'o',
      '1': one,
      '3': 'e',
      '4': 'a',
      '5': 's',
      '7': 't',
      '8': 'b',
      '9': 'g',
    };
    const read = subject.name.replace(/\d/g, (digit) => letters[digit] ?? digit);
    report.claim({ technique: lookAlike, imitated: read, likeness: 3, evidence: { readAs: read } });
  }
}

function hasTwoDigits(name: string): boolean {
  let digits = 0;
  for (let i = 0; i < name.length; i++) if (isDigit(name.charCodeAt(i))) digits++;
  return digits > 1;
}

/** The characters of the name as bits by the low five bits of their codes: a clear bit rules a character out. */
function charactersOf(name: string): number {
  let present = 0;
  for (let i = 0; i < name.length; i++) present |= 1 << (name.charCodeAt(i) & 31);
  return present;
}

import { hashText } from '../hash.js';
import type { NameData } from '../name-data.js';
import type { Subject } from '../subject.js';
import type { Technique } from '../technique.js';
import { wordKind } from '../words.js';

/**
 * Both halves must be known at least this well (log₂ of monthly downloads): nearly every word is somebody's
 * package.
 */
const LEAST_POPULARITY = 15;
const SHORTEST_HALF = 3;

/**
 * `react-codeshift`, `babelrollup`: two established names run together, the second perhaps without its `js`.
 */
export const blend: Technique = {
  id: 'blend',
  signal: 'HALLUCINATION_PATTERN',
  find(subject, report) {
    for (const [left, right] of halvesOf(subject)) {
      if (left === right) continue;
      for (const [imitated, other] of [
        [left, right],
        [right, left],
      ] as const) {
        const likeness = 0.6 + Math.min(1, imitated.length / subject.base.length) * 0.6;
        report.claim({ technique: this, imitated, likeness, evidence: { with: other } });
      }
    }
  },
};

type Halves = readonly [left: string, right: string];

function halvesOf(subject: Subject): Halves[] {
  const { words, wordStarts, solidSplits, name, data } = subject;
  if (words.length > 4) return [];
  const cuts = words.length === 1 ? solidSplits.filter((split) => split.length === 2) : [];
  const halves = cuts.map(([left = '', right = '']): Halves => [left, right]);
  for (let i = 1; i < words.length; i++) {
    const left = name.slice(wordStarts[0], (wordStarts[i - 1] as number) + (words[i - 1] as string).length);
    halves.push([left, name.slice(wordStarts[i])]);
  }
  return halves.flatMap(([first, second]): Halves[] => {
    const left = knownAs(first, data);
    const right = left === null ? null : knownAs(second, data);
    return left === null || right === null ? [] : [[left, right]];
  });
}

/** The half, or the half with the `js` that blends tend to lose. */
function knownAs(half: string, data: NameData): string | null {
  if (half.length < SHORTEST_HALF || wordKind(half) !== null) return null;
  const hash = hashText(half);
  if (data.mayBeTarget(hash) && (data.popularityOf(half) ?? 0) >= LEAST_POPULARITY) return half;
  const longer = `js${half}`;
  return data.mayBeTarget(hashText(longer)) && (data.popularityOf(longer) ?? 0) >= LEAST_POPULARITY
    ? longer
    : null;
}

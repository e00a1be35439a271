import { hashText } from '../hash.js';
import type { Subject } from '../subject.js';

/** One way to see a name as an established name (perhaps) and the words around it. */
export interface NameParts {
  readonly part: string;
  /** Words of the part, and the others. */
  readonly kept: readonly string[];
  readonly rest: readonly string[];
  /** Share of the name's letters that the part covers, 0–1. */
  readonly coverage: number;
  /** Are the words cut at separators, rather than guessed from a solid text? */
  readonly firm: boolean;
}

const MOST_WORDS = 8;

/**
 * Runs of neighbouring words as they are written, and beginning and end with the middle left out, as far as
 * they may be worth imitating. The name as a whole is no part.
 */
export function partsOf(subject: Subject): NameParts[] {
  const { words } = subject;
  if (words.length > MOST_WORDS) return [];
  const parts: NameParts[] = [];
  if (words.length > 1) collectRuns(subject, parts);
  for (const split of subject.solidSplits) collectJoined(subject, split, parts);
  return parts;
}

function collectRuns(subject: Subject, parts: NameParts[]): void {
  const { words, name, wordStarts, edits, data } = subject;
  for (let from = 0; from < words.length; from++) {
    for (let to = words.length; to > from; to--) {
      if (to - from === words.length) continue;
      const start = wordStarts[from] as number;
      const end = (wordStarts[to - 1] as number) + (words[to - 1] as string).length;
      if (data.mayBeTarget(edits.of(start, end)))
        parts.push(toParts(words, from, to, name.slice(start, end), true));
    }
  }
  collectEnds(subject, parts);
}

/** Beginning and end without the middle: `react-markdown` in `react-fast-markdown`. */
function collectEnds({ words, data }: Subject, parts: NameParts[]): void {
  for (let from = 1; from + 1 < words.length; from++) {
    for (let to = from + 1; to < words.length; to++) {
      const part = [...words.slice(0, from), ...words.slice(to)].join('-');
      if (data.mayBeTarget(hashText(part))) parts.push(toParts(words, to, words.length + from, part, true));
    }
  }
}

function collectJoined(subject: Subject, words: readonly string[], parts: NameParts[]): void {
  for (let from = 0; from < words.length; from++) {
    for (let to = words.length; to > from; to--) {
      const part = words.slice(from, to).join('-');
      if (to - from < words.length && subject.data.mayBeTarget(hashText(part)))
        parts.push(toParts(words, from, to, part, false));
    }
  }
}

/** Positions beyond the end of `words` begin again at its front. */
function toParts(words: readonly string[], from: number, to: number, part: string, firm: boolean): NameParts {
  const isKept = (i: number): boolean => (i >= from && i < to) || i + words.length < to;
  const kept = words.filter((_, i) => isKept(i));
  const letters = (list: readonly string[]): number => list.reduce((sum, word) => sum + word.length, 0);
  const rest = words.filter((_, i) => !isKept(i));
  return { part, kept, rest, coverage: letters(kept) / letters(words), firm };
}

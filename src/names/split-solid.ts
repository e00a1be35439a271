import { EditHashes } from './edit-hashes.js';
import type { NameData } from './name-data.js';

const SHORTEST_WORD = 2;
const LONGEST_WORD = 14;
const MOST_SPLITS = 24;
const MOST_WORDS = 5;
/** Shorter texts are covered by inserting one separator. */
const SHORTEST_TEXT = 6;

/**
 * Cuts a text without separators into two to five words that are worth imitating themselves, longest words
 * first; at most 24 ways. A word in the sense of the candidate filter: its rare mistakes cost time, no
 * correctness.
 */
export function splitSolid(text: string, data: NameData): string[][] {
  if (text.length < SHORTEST_TEXT) return [];
  const lengths = wordLengths(text, data);
  const splits: string[][] = [];
  const extend = (from: number, words: readonly string[]): void => {
    if (splits.length >= MOST_SPLITS || words.length > MOST_WORDS) return;
    if (from === text.length) {
      if (words.length > 1) splits.push([...words]);
      return;
    }
    const here = lengths[from] ?? 0;
    for (let length = LONGEST_WORD; length >= SHORTEST_WORD; length--)
      if (((here >>> length) & 1) === 1) extend(from + length, [...words, text.slice(from, from + length)]);
  };
  extend(0, []);
  return splits;
}

/**
 * For every position the lengths, as bits, of the words that begin there and from which the end of the text can
 * be reached.
 */
function wordLengths(text: string, data: NameData): number[] {
  const hashes = new EditHashes(text);
  const lengths = new Array<number>(text.length).fill(0);
  for (let from = text.length - SHORTEST_WORD; from >= 0; from--) {
    let here = 0;
    for (let end = Math.min(text.length, from + LONGEST_WORD); end >= from + SHORTEST_WORD; end--) {
      const reachable = end === text.length || lengths[end] !== 0;
      if (reachable && data.mayBeTarget(hashes.of(from, end))) here |= 1 << (end - from);
    }
    lengths[from] = here;
  }
  return lengths;
}

import type { NameData } from './name-data.js';
import { splitSolid } from './split-solid.js';
import { wordKind } from './words.js';

const SHORTEST_WORD = 7;
const SHORTEST_PIECE = 3;
const MOST_PIECES = 3;
const WAYS_PER_WORD = 3;
/** Names with more words have enough of them to go by. */
const MOST_WORDS = 3;

/**
 * The words of a name with one of them, which is no established name or common word itself, cut into two or
 * three; `resplits` are those of a single word.
 */
export function solidSplits(
  words: readonly string[],
  resplits: readonly (readonly string[])[],
  data: NameData,
): string[][] {
  if (words.length > MOST_WORDS) return [];
  const splits: string[][] = [];
  words.forEach((word, i) => {
    if (word.length < SHORTEST_WORD || wordKind(word) !== null || data.popularityOf(word) !== null) return;
    const pieces = (words.length === 1 && resplits.length > 0 ? resplits : splitSolid(word, data)).filter(
      ({ length }) => length <= MOST_PIECES,
    );
    const ways = pieces
      .filter((way) => way.every(({ length }) => length >= SHORTEST_PIECE))
      .slice(0, WAYS_PER_WORD);
    for (const way of ways) splits.push([...words.slice(0, i), ...way, ...words.slice(i + 1)]);
  });
  return splits;
}

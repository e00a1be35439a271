import { hashText, mix } from './hash.js';

/**
 * The words of a text, found by a table of hashes that holds nothing but their places in it: a tenth of what a Map of
 * the words takes. A word ends where a character of at most U+0020 follows.
 */
export type WordTable = {
  readonly text: string;
  /** Open addressing; places plus one, 0 = nothing. A power of two of slots, at most half of them in use. */
  readonly slots: Uint16Array;
};

/**
 * @param text less than 65,535 characters
 * @param pattern matches each word of the table, with the flag `g`; of equal words the first counts
 */
export function createWordTable(text: string, pattern: RegExp): WordTable {
  const places = Array.from(text.matchAll(pattern), ({ index }) => index);
  const slots = new Uint16Array(2 ** Math.ceil(Math.log2(2 * places.length + 1)));
  const table = { text, slots };
  for (const place of places) {
    const slot = slotOf(table, text.slice(place, endOf(text, place)));
    if (slots[slot] === 0) slots[slot] = place + 1;
  }
  return table;
}

/** Where in the text of the table a word is; -1 = it is none of the table. */
export function placeOf(table: WordTable, word: string): number {
  return (table.slots[slotOf(table, word)] as number) - 1;
}

/** The slot that holds the word, or the empty one that it would get. */
function slotOf({ text, slots }: WordTable, word: string): number {
  const mask = slots.length - 1;
  let slot = mix(hashText(word)) & mask;
  while (slots[slot] !== 0 && !isAt(text, (slots[slot] as number) - 1, word)) slot = (slot + 1) & mask;
  return slot;
}

function isAt(text: string, place: number, word: string): boolean {
  return text.startsWith(word, place) && endOf(text, place + word.length) === place + word.length;
}

function endOf(text: string, from: number): number {
  let end = from;
  while (text.charCodeAt(end) > 0x20) end++;
  return end;
}

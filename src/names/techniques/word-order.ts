import { hashText } from '../hash.js';
import type { Subject } from '../subject.js';
import type { Technique } from '../technique.js';

const MOST_WORDS = 8;
const ZERO = '0'.charCodeAt(0);
/**
 * By number of words: all orders one after the other, each a digit for every word. Beyond three words, two are
 * exchanged or one goes to the other end.
 */
const ORDERS: readonly string[] = [
  [],
  [],
  [[1, 0]],
  permutations([0, 1, 2]).slice(1),
  ...[4, 5, 6, 7, 8].map(exchanges),
].map((orders) => orders.map((order) => order.join('')).join(''));

/** `dom-react` for `react-dom`: the same words in another order. */
export const wordOrder: Technique = {
  id: 'word-order',
  signal: 'TYPOSQUAT',
  find(subject, report) {
    const { words, name, base, data } = subject;
    if (words.length < 2 || words.length > MOST_WORDS) return;
    const prefix = name.slice(0, name.length - base.length);
    const separator = base.charAt((words[0] as string).length);
    const orders = ORDERS[words.length] as string;
    for (let at = 0; at < orders.length; at += words.length) {
      const order = orders.slice(at, at + words.length);
      if (!data.mayBeTarget(hashOf(order, separator, prefix.length, subject))) continue;
      const imitated = prefix + [...order].map((digit) => words[Number(digit)]).join(separator);
      if (imitated !== name)
        report.claim({ technique: this, imitated, likeness: 2.4, evidence: { written: base } });
    }
  },
};

/** Hash of the name's first `prefix` characters and its words in this order. */
function hashOf(order: string, separator: string, prefix: number, subject: Subject): number {
  const { words, wordStarts, edits } = subject;
  let hash = edits.of(0, prefix);
  for (let i = 0; i < order.length; i++) {
    const at = order.charCodeAt(i) - ZERO;
    const start = wordStarts[at] as number;
    if (i > 0) hash = hashText(separator, 0, separator.length, hash);
    hash = edits.append(hash, start, start + (words[at] as string).length);
  }
  return hash;
}

function permutations(places: readonly number[]): number[][] {
  if (places.length <= 1) return [[...places]];
  return places.flatMap((first) =>
    permutations(places.filter((place) => place !== first)).map((rest) => [first, ...rest]),
  );
}

function exchanges(count: number): number[][] {
  const order = Array.from({ length: count }, (_, i) => i);
  const orders = [
    [...order.slice(1), 0],
    [count - 1, ...order.slice(0, -1)],
  ];
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) orders.push(order.map((at) => (at === i ? j : at === j ? i : at)));
  }
  return orders;
}

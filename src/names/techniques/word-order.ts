import type { Technique } from '../technique.js';

const MOST_WORDS = 8;
/**
 * Positions of the words in another order; beyond three words, two are exchanged or one goes to the other end.
 */
const ORDERS: readonly (readonly number[][])[] = [
  [],
  [],
  [[1, 0]],
  permutations([0, 1, 2]).slice(1),
  ...[4, 5, 6, 7, 8].map(exchanges),
];

/** `dom-react` for `react-dom`: the same words in another order. */
export const wordOrder: Technique = {
  id: 'word-order',
  signal: 'TYPOSQUAT',
  find(subject, report) {
    const { words, name, base } = subject;
    if (words.length < 2 || words.length > MOST_WORDS) return;
    const prefix = name.slice(0, name.length - base.length);
    const separator = base.charAt((words[0] as string).length);
    for (const order of ORDERS[words.length] as number[][]) {
      const imitated = prefix + order.map((at) => words[at]).join(separator);
      if (imitated !== name)
        report.claim({ technique: this, imitated, likeness: 2.4, evidence: { written: base } });
    }
  },
};

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

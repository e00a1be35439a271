// Programs with faults that the fuzzer has to find; the tests of the fuzzer bundle this file.
import { type FuzzTarget, mustHold } from './target.js';

/** Each letter is a block of its own: blind changes would have to guess all five at once. */
function hasWord(text: string): boolean {
  if (text[0] !== 'z') return false;
  if (text[1] !== 'q') return false;
  if (text[2] !== '{') return false;
  if (text[3] !== '"') return false;
  return text[4] === '@';
}

const planted = (name: string, seed: string, run: (text: string) => unknown): FuzzTarget => ({
  name,
  seeds: () => [seed],
  words: ['z', 'q', 'hang', 'memory'],
  run: (bytes) => run(bytes.toString('latin1')),
});

export const TARGETS: readonly FuzzTarget[] = [
  planted('deep', 'aaaaaaaa', (text) => mustHold(!hasWord(text), 'the word is there')),
  planted('hang', 'aaaa', (text) => {
    while (text.includes('hang'));
  }),
  planted('memory', 'aaaa', (text) => {
    const kept: object[] = [];
    while (text.includes('memory')) kept.push({ more: kept.length });
  }),
  planted('square', 'aaaa', (text) => {
    let steps = 0;
    for (let a = 0; a < text.length; a += 28) for (let b = 0; b < text.length; b += 28) steps += a ^ b;
    return steps;
  }),
  planted('sound', 'aaaa', (text) => text.length),
];

// Programs with faults that the fuzzer has to find; the tests of the fuzzer bundle this file.
import { type FuzzTarget, LIMITS, mustHold } from './target.js';

/** Each letter is a block of its own: blind changes would have to guess all four at once. */
function hasWord(text: string): boolean {
  if (text[0] !== 'z') return false;
  if (text[1] !== 'q') return false;
  if (text[2] !== '{') return false;
  return text[3] === '"';
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
  planted('slow', 'slow', (text) => {
    const before = process.cpuUsage();
    let value = 1;
    // Asking takes time of the kernel, which is none of `user`: asked at every step it would take most of a minute.
    while (text.includes('slow') && process.cpuUsage(before).user < 1300 * LIMITS.ms)
      for (let step = 0; step < 1_000_000; step++) value = (Math.imul(value, 31) + step) | 0;
    return value;
  }),
  planted('sound', 'aaaa', (text) => text.length),
];

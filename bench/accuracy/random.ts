import { hashText, mix } from '../../src/names/hash.js';
import { randomFrom } from '../names/sets.js';

/** Numbers in [0, 1), the same in every run. */
export type Random = () => number;

/** The generator that belongs to `purpose`: what one scenario draws doesn't depend on which others run. */
export function randomFor(purpose: string): Random {
  return randomFrom(mix(hashText(purpose)));
}

/** A number in [least, most). */
export function between(least: number, most: number, random: Random): number {
  return least + random() * (most - least);
}

export function choose<T>(choices: readonly T[], random: Random): T {
  const chosen = choices[Math.floor(random() * choices.length)];
  if (chosen === undefined) throw new Error('nothing to choose from');
  return chosen;
}

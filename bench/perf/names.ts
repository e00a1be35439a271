import { npmTopDownloads } from 'npm-high-impact';
import { parsePackageName } from '../../src/model/package-name.js';
import { pieceOf } from '../accuracy/syllables.js';
import { randomFrom } from '../names/sets.js';
import { generateTypos } from '../names/typos.js';

/** Of all its inputs; another seed gives other names, and other times within the noise. */
const SEED = 7;

/** As it comes out of a lockfile's parser: a string of its own, not one that was put together. */
function flat(text: string): string {
  return Buffer.from(text).toString();
}

/**
 * Names that nobody knows: half are slips of popular ones, the most work that a name can make, half are made up. The
 * same in every run.
 */
export function strangers(count: number): readonly string[] {
  const typos = generateTypos(npmTopDownloads.slice(0, count), randomFrom(SEED))
    .map(({ typo }) => typo)
    .filter((typo) => parsePackageName(typo) !== null);
  const step = Math.max(1, Math.floor(typos.length / (count / 2)));
  const slips = typos.filter((_, index) => index % step === 0).slice(0, Math.ceil(count / 2));
  return mixed([...slips, ...madeUp(count - slips.length)]).map(flat);
}

/** The most downloaded packages. At most 15,916. */
export function establishedNames(count: number): readonly string[] {
  return npmTopDownloads.slice(0, count).map(flat);
}

function madeUp(count: number): readonly string[] {
  const random = randomFrom(SEED);
  const word = (): string =>
    Array.from({ length: 2 + Math.floor(random() * 2) }, () => pieceOf(Math.floor(random() * 1e6))).join('');
  return Array.from(
    { length: count },
    (_, index) => `${word()}-${word()}${index % 3 === 0 ? `-${word()}` : ''}`,
  );
}

/** Fisher–Yates. */
export function mixed<T>(list: readonly T[]): readonly T[] {
  const random = randomFrom(SEED);
  const all = [...list];
  for (let last = all.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [all[last], all[other]] = [all[other] as T, all[last] as T];
  }
  return all;
}

import {
  type Fingerprints,
  type FuseShape,
  fingerprintAt,
  placeCount,
  placesOf,
} from '../../src/names/data/fuse-filter.js';

const ATTEMPTS = 100;
export interface HashedKeys {
  readonly first: Int32Array;
  readonly second: Int32Array;
}

/** Builds the fingerprints of a set of keys by peeling. Equal keys must have been removed. */
export function writeFuse(keys: HashedKeys): {
  readonly shape: FuseShape;
  readonly fingerprints: Fingerprints;
} {
  const count = keys.first.length;
  const segmentLength = Math.min(1 << Math.floor(Math.log(count) / Math.log(2.91) - 0.5), 1 << 14);
  const segmentCount = Math.max(1, Math.ceil((count * overheadOf(count)) / segmentLength) - 3);
  for (let seed = 1; seed <= ATTEMPTS; seed++) {
    const shape = { seed, segmentLength, segmentCount };
    const fingerprints = peel(keys, shape);
    if (fingerprints !== null) return { shape, fingerprints };
  }
  throw new Error('No seed solves the filter');
}

/** Places per key that four-way binary fuse filters need; small ones need more (Graf and Lemire 2022). */
function overheadOf(count: number): number {
  return Math.max(1.075, 0.77 + (0.305 * Math.log(600_000)) / Math.log(Math.max(2, count)));
}

function peel(keys: HashedKeys, shape: FuseShape): Fingerprints | null {
  const total = keys.first.length;
  const places = new Int32Array(5);
  const locate = (key: number): void =>
    placesOf(keys.first[key] as number, keys.second[key] as number, shape, places);
  const cells = new Cells(placeCount(shape));
  for (let key = 0; key < total; key++) {
    locate(key);
    for (let i = 0; i < 4; i++) cells.toggle(places[i] as number, key, 1);
  }
  const ready = cells.listSingles();
  const stackKey = new Int32Array(total);
  const stackPlace = new Int32Array(total);
  let solved = 0;
  for (let place = ready.pop(); place !== undefined; place = ready.pop()) {
    if (!cells.isSingle(place)) continue;
    const key = cells.keyAt(place);
    stackKey[solved] = key;
    stackPlace[solved++] = place;
    locate(key);
    for (let i = 0; i < 4; i++) {
      cells.toggle(places[i] as number, key, -1);
      if (cells.isSingle(places[i] as number)) ready.push(places[i] as number);
    }
  }
  return solved === total ? assign(stackKey, stackPlace, placeCount(shape), locate, places) : null;
}

/** How many unsolved keys use a place, and the XOR of their numbers: the key itself when there is one. */
class Cells {
  readonly #counts: Uint16Array;
  readonly #keys: Int32Array;

  constructor(length: number) {
    this.#counts = new Uint16Array(length);
    this.#keys = new Int32Array(length);
  }

  toggle(place: number, key: number, step: 1 | -1): void {
    this.#counts[place] = (this.#counts[place] as number) + step;
    this.#keys[place] = (this.#keys[place] as number) ^ key;
  }

  isSingle(place: number): boolean {
    return this.#counts[place] === 1;
  }

  keyAt(place: number): number {
    return this.#keys[place] as number;
  }

  listSingles(): number[] {
    const singles: number[] = [];
    this.#counts.forEach((count, place) => {
      if (count === 1) singles.push(place);
    });
    return singles;
  }
}

function assign(
  stackKey: Int32Array,
  stackPlace: Int32Array,
  length: number,
  locate: (key: number) => void,
  places: Int32Array,
): Fingerprints {
  const low = new Uint8Array(length);
  const ninth = new Uint8Array(length >>> 3);
  for (let i = stackKey.length - 1; i >= 0; i--) {
    const place = stackPlace[i] as number;
    locate(stackKey[i] as number);
    let value = places[4] as number;
    for (let p = 0; p < 4; p++)
      if (places[p] !== place) value ^= fingerprintAt({ low, ninth }, places[p] as number);
    low[place] = value & 0xff;
    ninth[place >>> 3] = (ninth[place >>> 3] as number) | ((value >>> 8) << (place & 7));
  }
  return { low, ninth };
}

import { type Fingerprints, type FuseShape, fingerprintAt, placeCount, placesOf } from '../../src/names/data/fuse-filter.js';

const ATTEMPTS = 100;
/** Places per key; below 1.075 four-way binary fuse filters of this size stop being solvable (Graf and Lemire 2022). */
const OVERHEAD = 1.075;

export interface HashedKeys {
  readonly first: Int32Array;
  readonly second: Int32Array;
}

/** Builds the fingerprints of a set of keys by peeling. Equal keys must have been removed. */
export function writeFuse(keys: HashedKeys): { readonly shape: FuseShape; readonly fingerprints: Fingerprints } {
  const count = keys.first.length;
  const segmentLength = Math.min(1 << Math.floor(Math.log(count) / Math.log(2.91) - 0.5), 1 << 14);
  const segmentCount = Math.max(1, Math.ceil((count * OVERHEAD) / segmentLength) - 3);
  for (let seed = 1; seed <= ATTEMPTS; seed++) {
    const shape = { seed, segmentLength, segmentCount };
    const fingerprints = peel(keys, shape);
    if (fingerprints !== null) return { shape, fingerprints };
  }
  throw new Error('No seed solves the filter');
}

function peel(keys: HashedKeys, shape: FuseShape): Fingerprints | null {
  const length = placeCount(shape);
  const total = keys.first.length;
  const counts = new Uint16Array(length);
  const keyXor = new Int32Array(length);
  const places = new Int32Array(5);
  const locate = (key: number): void => placesOf(keys.first[key] as number, keys.second[key] as number, shape, places);
  const toggle = (place: number, key: number, step: number): void => {
    counts[place] = (counts[place] as number) + step;
    keyXor[place] = (keyXor[place] as number) ^ key;
  };
  for (let key = 0; key < total; key++) {
    locate(key);
    for (let i = 0; i < 4; i++) toggle(places[i] as number, key, 1);
  }
  const stackKey = new Int32Array(total);
  const stackPlace = new Int32Array(total);
  const ready = new Int32Array(length + total * 4);
  let waiting = 0;
  for (let place = 0; place < length; place++) if (counts[place] === 1) ready[waiting++] = place;
  let solved = 0;
  while (waiting > 0) {
    const place = ready[--waiting] as number;
    if (counts[place] !== 1) continue;
    const key = keyXor[place] as number;
    stackKey[solved] = key;
    stackPlace[solved++] = place;
    locate(key);
    for (let i = 0; i < 4; i++) {
      toggle(places[i] as number, key, -1);
      if (counts[places[i] as number] === 1) ready[waiting++] = places[i] as number;
    }
  }
  return solved === total ? assign(stackKey, stackPlace, length, locate, places) : null;
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
    for (let p = 0; p < 4; p++) if (places[p] !== place) value ^= fingerprintAt({ low, ninth }, places[p] as number);
    low[place] = value & 0xff;
    ninth[place >>> 3] = (ninth[place >>> 3] as number) | ((value >>> 8) << (place & 7));
  }
  return { low, ninth };
}

import { hashText, mix, otherHashText, reduce } from '../hash.js';

/** Parameters of a binary fuse filter (Graf and Lemire 2022) with four places and nine bits per fingerprint. */
export interface FuseShape {
  readonly seed: number;
  /** A power of two. */
  readonly segmentLength: number;
  readonly segmentCount: number;
}

/** The four places and the fingerprint of a key, written into `out[0..4]`. */
export function placesOf(first: number, second: number, shape: FuseShape, out: Int32Array): void {
  const a = mix(first ^ shape.seed);
  const b = mix(second + a);
  const c = mix(b ^ (first + shape.seed));
  const mask = shape.segmentLength - 1;
  const start = reduce(a, shape.segmentCount * shape.segmentLength);
  out[0] = start;
  out[1] = (start + shape.segmentLength) ^ (b & mask);
  out[2] = (start + 2 * shape.segmentLength) ^ (c & mask);
  out[3] = (start + 3 * shape.segmentLength) ^ ((c >>> 14) & mask);
  out[4] = b >>> 23;
}

/** Places of a filter of this shape. */
export function placeCount(shape: FuseShape): number {
  return (shape.segmentCount + 3) * shape.segmentLength;
}

/** Fingerprints by place: the low eight bits of each, and the ninth bits packed eight to a byte. */
export interface Fingerprints {
  readonly low: Uint8Array;
  readonly ninth: Uint8Array;
}

const places = new Int32Array(5);

/**
 * Is `name` in the set that the fingerprints were built from? Always right for members, wrong for one stranger
 * in 512.
 */
export function fuseHas(fingerprints: Fingerprints, shape: FuseShape, name: string): boolean {
  placesOf(hashText(name), otherHashText(name), shape, places);
  let value = places[4] as number;
  for (let i = 0; i < 4; i++) value ^= fingerprintAt(fingerprints, places[i] as number);
  return value === 0;
}

/** The nine bits at a place. */
export function fingerprintAt({ low, ninth }: Fingerprints, place: number): number {
  return (low[place] as number) | ((((ninth[place >>> 3] as number) >>> (place & 7)) & 1) << 8);
}

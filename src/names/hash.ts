/**
 * Two polynomial hashes over UTF-16 code units, modulo 2^32. Polynomial, so that the hash of a name with one
 * character changed, added or removed follows from the hashes of its prefixes in constant time. They pick
 * buckets and candidates and never decide that a name is established: the names themselves are compared for
 * that. The multipliers are arbitrary odd constants ≡ 5 (mod 8), which gives them the greatest order modulo
 * 2^32.
 */
export const BASE = 0x9e3779b5;
const OTHER_BASE = 0x85ebca6d;

/** Continues the first hash, `seed`, over `text[from, end)`. */
export function hashText(text: string, from = 0, end = text.length, seed = 0): number {
  let hash = seed;
  for (let i = from; i < end; i++) hash = (Math.imul(hash, BASE) + text.charCodeAt(i)) | 0;
  return hash;
}

/** The second, independent hash of the whole text. */
export function otherHashText(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, OTHER_BASE) + text.charCodeAt(i)) | 0;
  return hash;
}

/** Spreads a hash over all 32 bits (finaliser of MurmurHash3); unsigned. */
export function mix(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Maps an unsigned 32-bit number evenly onto `[0, size)`. */
export function reduce(hash: number, size: number): number {
  return Math.floor((hash / 0x100000000) * size);
}

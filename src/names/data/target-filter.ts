import { mix } from '../hash.js';

/** Bytes of a block: the bits of one name lie in one block, so that a test touches one cache line. */
const BLOCK = 8;
const PROBES = 4;

/**
 * A small Bloom filter of the names worth imitating, keyed by their polynomial hash. It thins out the hundreds of candidates
 * that the techniques generate for a name; what passes is looked up exactly.
 */
export function targetMayHave(filter: Uint8Array, hash: number): boolean {
  const block = blockOf(filter, hash);
  let bits = mix(hash ^ 0x5bd1e995);
  for (let i = 0; i < PROBES; i++, bits >>>= 6) {
    if (((filter[block + (bits & 7)] as number) & (1 << ((bits >>> 3) & 7))) === 0) return false;
  }
  return true;
}

/** Adds a name to a filter under construction. */
export function addTarget(filter: Uint8Array, hash: number): void {
  const block = blockOf(filter, hash);
  let bits = mix(hash ^ 0x5bd1e995);
  for (let i = 0; i < PROBES; i++, bits >>>= 6) {
    const at = block + (bits & 7);
    filter[at] = (filter[at] as number) | (1 << ((bits >>> 3) & 7));
  }
}

/** Length of a filter for `count` names: 16 bits a name. */
export function targetFilterLength(count: number): number {
  return Math.ceil((count * 2) / BLOCK) * BLOCK;
}

function blockOf(filter: Uint8Array, hash: number): number {
  return Math.floor((mix(hash) / 0x100000000) * (filter.length / BLOCK)) * BLOCK;
}

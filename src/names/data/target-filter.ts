/** Bytes of a block: the bits of one name lie in one block, so that a test touches one cache line. */
const BLOCK = 64;
const BLOCK_BITS = 9;
/** Spreads the low bits of the hash, which don't choose the block, over the places in it. */
const SPREAD = 0x5bd1e995;

/**
 * A small Bloom filter of the names worth imitating, keyed by their polynomial hash, four bits a name. It
 * thins out the hundreds of candidates that the techniques generate for a name; what passes is looked up
 * exactly.
 */
export function targetMayHave(filter: Uint8Array, hash: number): boolean {
  const mixed = stir(hash);
  const block = (mixed >>> 8) & (filter.length - BLOCK);
  const bits = Math.imul(mixed, SPREAD);
  return (
    isSet(filter, block, bits) &&
    isSet(filter, block, bits >>> BLOCK_BITS) &&
    isSet(filter, block, bits >>> (2 * BLOCK_BITS)) &&
    isSet(filter, block, bits >>> (32 - BLOCK_BITS))
  );
}

/** Adds a name to a filter under construction. */
export function addTarget(filter: Uint8Array, hash: number): void {
  const mixed = stir(hash);
  const block = (mixed >>> 8) & (filter.length - BLOCK);
  const bits = Math.imul(mixed, SPREAD);
  for (const place of [bits, bits >>> BLOCK_BITS, bits >>> (2 * BLOCK_BITS), bits >>> (32 - BLOCK_BITS)]) {
    const at = block + ((place >>> 3) & (BLOCK - 1));
    filter[at] = (filter[at] as number) | (1 << (place & 7));
  }
}

/** Length of a filter for `count` names: a power of two, 16 to 32 bits a name. */
export function targetFilterLength(count: number): number {
  return Math.max(BLOCK, 2 ** Math.ceil(Math.log2(count * 2)));
}

function isSet(filter: Uint8Array, block: number, place: number): boolean {
  return (((filter[block + ((place >>> 3) & (BLOCK - 1))] as number) >>> (place & 7)) & 1) === 1;
}

/** One round of mixing is enough for a filter: the polynomial hash is good in its high bits already. */
function stir(hash: number): number {
  const h = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return h ^ (h >>> 14);
}

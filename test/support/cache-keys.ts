import { type CacheKey, createGivenKey } from '../../src/cache/cache-key.js';

/** A key for caches of tests; another `who` has another one. */
export function keyOf(who: string): CacheKey {
  return createGivenKey(`zq-no-secret-of-anybody-${who.padEnd(32, '.')}`, 'ZQ_KEY');
}

export const TEST_KEY = keyOf('test');

/** Its bytes. */
export function bytesOf(key: CacheKey): Buffer {
  const state = key.make();
  if (state.kind !== 'key') throw new Error(state.problem.message);
  return state.key;
}

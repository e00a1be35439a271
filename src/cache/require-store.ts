import { randomBytes } from 'node:crypto';
import { GuardError } from '../errors.js';
import type { CacheKey } from './cache-key.js';
import { type DirectoryFault, inspectStoreDir, storeDirOf } from './store-directory.js';

/**
 * The store's folder for a maintenance command; `null` when there is none yet. Throws `CACHE_UNUSABLE` when it may not
 * be touched, `tolerated` faults excepted.
 */
export function requireStoreDir(cacheDir: string, tolerated: readonly DirectoryFault[] = []): string | null {
  const storeDir = storeDirOf(cacheDir);
  const state = inspectStoreDir(storeDir);
  if (state.kind === 'refused' && !tolerated.includes(state.why)) {
    throw new GuardError('CACHE_UNUSABLE', state.problem.message, state.problem.hint);
  }
  return state.kind === 'absent' ? null : storeDir;
}

/**
 * The key for a maintenance command. Where there is none, nothing in the cache can be sealed: one that nobody has stands
 * for it. Throws `CACHE_UNUSABLE` for a key that may not be used.
 */
export function requireKey(cacheKey: CacheKey): Buffer {
  const state = cacheKey.read();
  switch (state.kind) {
    case 'key':
      return state.key;
    case 'absent':
      return randomBytes(32);
    case 'refused':
      throw new GuardError('CACHE_UNUSABLE', state.problem.message, state.problem.hint);
  }
}

import { GuardError } from '../errors.js';
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

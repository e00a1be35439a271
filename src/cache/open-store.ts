import type { CacheProblem } from './fact-store.js';
import { type OpenCache, openCache } from './load-cacache.js';
import type { ProblemLog } from './problem-log.js';
import { createStoreDir, inspectStoreDir } from './store-directory.js';

/** `null` when there is nothing to read yet, or nothing that may be trusted. */
export function openStore(storeDir: string, log: ProblemLog): OpenCache | null {
  const state = inspectStoreDir(storeDir);
  if (state.kind === 'refused') log.note(state.problem);
  return state.kind === 'usable' ? openCache(storeDir) : null;
}

/** As {@link openStore}; creates what is missing. Rejects when it cannot be created. */
export async function openStoreForWriting(storeDir: string, log: ProblemLog): Promise<OpenCache | null> {
  const { kind } = inspectStoreDir(storeDir);
  if (kind !== 'refused') await createStoreDir(storeDir);
  return openStore(storeDir, log);
}

/** Errors that say that the disk or its permissions stand in the way; all others mean that the content is not usable. */
export const DISK_FAULTS: ReadonlySet<string> = new Set([
  'EACCES',
  'EPERM',
  'EIO',
  'EMFILE',
  'ENFILE',
  'ESTALE',
  'EROFS',
]);

/** `what` is kept in the cache, as the first word of a sentence: Facts, Feeds. */
export function unreadableStore(storeDir: string, code: string, what: string): CacheProblem {
  const hint = `${what} are fetched again. Check the permissions, or run \`phantom-guard-install cache verify\`.`;
  return { code: 'CACHE_UNREADABLE', message: `The cache ${storeDir} cannot be read (${code}).`, hint };
}

export function unwritableStore(storeDir: string, why: string, what: string): CacheProblem {
  const hint = `${what} are not kept. Free some space, check the permissions, or set --cache-dir.`;
  return { code: 'CACHE_UNWRITABLE', message: `The cache ${storeDir} cannot be written (${why}).`, hint };
}

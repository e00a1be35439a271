import type { CacheKey } from './cache-key.js';
import type { CacheProblem } from './fact-store.js';
import { type OpenCache, openCache } from './load-cacache.js';
import type { ProblemLog } from './problem-log.js';
import { createStoreDir, inspectStoreDir } from './store-directory.js';

/** The folder of a store, what its entries are sealed with, and who hears of problems. */
export type Store = {
  /** Absolute. */
  readonly storeDir: string;
  readonly cacheKey: CacheKey;
  readonly log: ProblemLog;
};

/** `null` when there is nothing to read yet, or nothing that may be trusted. */
export function openStore({ storeDir, cacheKey, log }: Store): OpenCache | null {
  const state = inspectStoreDir(storeDir);
  if (state.kind === 'refused') log.note(state.problem);
  if (state.kind !== 'usable') return null;
  const onForged = (): void => log.note(forgedEntries(storeDir));
  const known = cacheKey.read();
  switch (known.kind) {
    case 'key':
      return openCache(storeDir, known.key, onForged);
    case 'refused':
      log.note(known.problem);
      return null;
    case 'absent':
      onForged();
      return null;
  }
}

/** As {@link openStore}; creates what is missing. Rejects when the folder cannot be created. */
export async function openStoreForWriting(store: Store): Promise<OpenCache | null> {
  const { kind } = inspectStoreDir(store.storeDir);
  const made = kind === 'refused' ? null : store.cacheKey.make();
  if (made?.kind === 'refused') store.log.note(made.problem);
  if (made?.kind === 'key') await createStoreDir(store.storeDir);
  return made?.kind === 'refused' ? null : openStore(store);
}

/** Errors that say that the disk or its permissions stand in the way; all others mean that the content is not usable. */
export const DISK_FAULTS: ReadonlySet<string> = new Set([
  'EACCES',
  'EPERM',
  'EIO',
  'ELOOP',
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

function forgedEntries(storeDir: string): CacheProblem {
  const message = `The cache ${storeDir} has entries that are not sealed with this user's key; they are not believed.`;
  const hint =
    'Facts are fetched again. Where a cache is handed from machine to machine, set PHANTOM_GUARD_CACHE_KEY.';
  return { code: 'CACHE_FORGED', message, hint };
}

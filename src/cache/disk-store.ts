import type { CacheKey } from './cache-key.js';
import { type Facts, readFacts } from './disk-reader.js';
import { healAggregate, writeFacts } from './disk-writer.js';
import { errorCode } from './error-code.js';
import type { FactSpace } from './fact-space.js';
import type { FactStore } from './fact-store.js';
import type { OpenCache } from './load-cacache.js';
import {
  openStore,
  openStoreForWriting,
  type Store,
  unreadableStore,
  unwritableStore,
} from './open-store.js';
import { createProblemLog } from './problem-log.js';
import { storeDirOf } from './store-directory.js';
import { sweepTemporaries } from './sweep-temporaries.js';

type Write = (cache: OpenCache) => Promise<void>;

/**
 * A store on the disk that processes and threads share, in cacache format under `cacheDir` (absolute). Nothing is
 * created before the first write. After a write that failed twice no more is written. What is not sealed with the key
 * is a miss.
 */
export function createDiskStore(cacheDir: string, cacheKey: CacheKey): FactStore {
  const storeDir = storeDirOf(cacheDir);
  const log = createProblemLog();
  const place: Store = { storeDir, cacheKey, log };
  const queue = createWriteQueue(place);
  let opened: OpenCache | null = null;
  return {
    load: async (space, names, options) => {
      if (names.length === 0) return new Map();
      const cache = opened ?? openStore(place);
      opened = cache;
      if (cache === null) return new Map();
      const onFault = (code: string): void => log.note(unreadableStore(storeDir, code, 'Facts'));
      const { facts, healed } = await readFacts(cache, space, names, { ...options, onFault });
      if (healed.size > 0) queue.add((writable) => healAggregate(writable, space, healed, options.nowMs));
      return facts;
    },
    save: (space, changes, nowMs) => {
      const copy = new Map(changes);
      if (copy.size > 0) queue.add((writable) => save(writable, space, copy, nowMs));
    },
    flush: () => queue.done(),
    problems: () => log.list(),
  };
}

async function save(cache: OpenCache, space: FactSpace, changes: Facts, nowMs: number): Promise<void> {
  await writeFacts(cache, space, changes, nowMs);
  await sweepTemporaries(cache.storeDir, nowMs);
}

/** One write after the other, so that a process does not overwrite its own updates of an aggregated record. */
function createWriteQueue(store: Store) {
  let last: Promise<void> = Promise.resolve();
  let isBroken = false;
  const run = async (write: Write): Promise<void> => {
    if (isBroken) return;
    try {
      const cache = await openStoreForWriting(store);
      if (cache !== null) await write(cache);
    } catch (error) {
      isBroken = true;
      store.log.note(unwritableStore(store.storeDir, errorCode(error) || String(error), 'Facts'));
    }
  };
  return {
    add: (write: Write): void => {
      last = last.then(() => run(write));
    },
    done: (): Promise<void> => last,
  };
}

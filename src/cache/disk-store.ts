import { type Facts, readFacts } from './disk-reader.js';
import { healAggregate, writeFacts } from './disk-writer.js';
import { errorCode } from './error-code.js';
import type { FactSpace } from './fact-space.js';
import type { CacheProblem, FactStore } from './fact-store.js';
import { loadCacache, type OpenCache } from './load-cacache.js';
import { createProblemLog, type ProblemLog } from './problem-log.js';
import { createStoreDir, inspectStoreDir, storeDirOf } from './store-directory.js';
import { sweepTemporaries } from './sweep-temporaries.js';

type Write = (cache: OpenCache) => Promise<void>;

/**
 * A store on the disk that processes and threads share, in cacache format under `cacheDir` (absolute). Nothing is
 * created before the first write. After a write that failed twice no more is written.
 */
export function createDiskStore(cacheDir: string): FactStore {
  const storeDir = storeDirOf(cacheDir);
  const log = createProblemLog();
  const queue = createWriteQueue(storeDir, log);
  let opened: OpenCache | null = null;
  return {
    load: async (space, names, options) => {
      if (names.length === 0) return new Map();
      const cache = opened ?? (await open(storeDir, log));
      opened = cache;
      if (cache === null) return new Map();
      const onFault = (code: string): void => log.note(unreadable(storeDir, code));
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
function createWriteQueue(storeDir: string, log: ProblemLog) {
  let last: Promise<void> = Promise.resolve();
  let isBroken = false;
  const run = async (write: Write): Promise<void> => {
    if (isBroken) return;
    try {
      const cache = await openForWriting(storeDir, log);
      if (cache !== null) await write(cache);
    } catch (error) {
      isBroken = true;
      log.note(unwritable(storeDir, error));
    }
  };
  return {
    add: (write: Write): void => {
      last = last.then(() => run(write));
    },
    done: (): Promise<void> => last,
  };
}

async function openForWriting(storeDir: string, log: ProblemLog): Promise<OpenCache | null> {
  const { kind } = await inspectStoreDir(storeDir);
  if (kind !== 'refused') await createStoreDir(storeDir);
  return await open(storeDir, log);
}

/** `null` when there is nothing to read yet, or nothing that may be trusted. */
async function open(storeDir: string, log: ProblemLog): Promise<OpenCache | null> {
  const state = await inspectStoreDir(storeDir);
  if (state.kind === 'refused') log.note(state.problem);
  return state.kind === 'usable' ? { cacache: await loadCacache(), storeDir } : null;
}

function unreadable(storeDir: string, code: string): CacheProblem {
  const hint = 'Facts are fetched again. Check the permissions, or run `phantom-guard-install cache verify`.';
  return { code: 'CACHE_UNREADABLE', message: `The cache ${storeDir} cannot be read (${code}).`, hint };
}

function unwritable(storeDir: string, error: unknown): CacheProblem {
  const why = errorCode(error) || String(error);
  const hint = 'Facts are not kept. Free some space, check the permissions, or set --cache-dir.';
  return { code: 'CACHE_UNWRITABLE', message: `The cache ${storeDir} cannot be written (${why}).`, hint };
}

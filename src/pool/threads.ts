import { getHeapStatistics } from 'node:v8';
import { Piscina } from 'piscina';
import type { FactQuery, LookupContext, PackageFacts } from '../model/facts.js';
import type { RegistrySettings } from '../registry/settings.js';
import type { ThreadPlan } from './plan-threads.js';
import { type BatchLimits, type BatchOutcome, describeDeath, runBatch } from './run-batch.js';
import type { ThreadSetup } from './tasks.js';

/** Worker threads that ask registries. */
export type Threads = {
  /** Never rejects. */
  readonly lookUp: (
    queries: readonly FactQuery<PackageFacts>[],
    context: LookupContext,
  ) => Promise<BatchOutcome>;
  /** HTTP requests of all threads that are known of. */
  readonly requests: () => number;
  /** Ends the threads. */
  readonly close: () => Promise<void>;
};

export type ThreadOptions = {
  /** The built workers/look-up-facts; absolute. */
  readonly entry: string;
  readonly plan: ThreadPlan;
  readonly settings: RegistrySettings;
  /** For one name, with retries and body, in milliseconds. */
  readonly deadlineMs: number;
  readonly limits?: Partial<ThreadLimits>;
};

export type ThreadLimits = BatchLimits & {
  /** Of the heap of each thread, MB. */
  readonly heapMb: number;
};

const MB = 1024 * 1024;
/** Starting takes some 100 ms; a busy machine takes its time. */
const START_MS = 30_000;
/** More than the deadline of a name that a thread may be silent: a document of 21 MB, the largest real one, takes 300 ms. */
const SLACK_MS = 10_000;
const GRACE_MS = 1_000;
/** A thread without work ends after that: a guard in pnpm's process is never closed. */
const IDLE_MS = 2_000;

export function openThreads({ entry, plan, settings, deadlineMs, limits }: ThreadOptions): Threads {
  const { heapMb, ...batchLimits }: ThreadLimits = {
    startMs: START_MS,
    silenceMs: deadlineMs + SLACK_MS,
    graceMs: GRACE_MS,
    // What fits into this thread fits into that one.
    heapMb: Math.ceil(getHeapStatistics().heap_size_limit / MB),
    ...limits,
  };
  const { threads, tasksPerThread, perTask } = plan;
  const connections = perTask * tasksPerThread;
  const setup: ThreadSetup = { settings, concurrency: perTask, connections, deadlineMs };
  const pool = new Piscina({
    filename: entry,
    minThreads: 0,
    maxThreads: threads,
    concurrentTasksPerWorker: tasksPerThread,
    idleTimeout: IDLE_MS,
    workerData: setup,
    // pnpm 12 runs its hooks by `node --input-type=… -e …`, with which no thread starts from a file.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
    // While it waits by Atomics.wait, a thread would not see that a server closes an idle connection.
    atomics: 'disabled',
  });
  let requests = 0;
  const batches = {
    pool,
    limits: batchLimits,
    onStartFailure: startFailuresOf(pool),
    onRequests: (more: number): void => {
      requests += more;
    },
  };
  return {
    lookUp: async (queries, context) => await runBatch(batches, queries, context),
    requests: () => requests,
    close: async () => await pool.destroy(),
  };
}

/** Piscina tells of a thread that fails before it has a task by events, and leaves the tasks waiting. */
function startFailuresOf(pool: Piscina): (listener: (why: string) => void) => () => void {
  const listeners = new Set<(why: string) => void>();
  const tell = (why: string): void => {
    for (const listener of listeners) listener(why);
  };
  pool.on('error', (error) => tell(describeDeath(error)));
  pool.on('workerDestroy', () =>
    setImmediate(() => {
      if (pool.threads.length === 0) tell('ended before it began');
    }),
  );
  return (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
}

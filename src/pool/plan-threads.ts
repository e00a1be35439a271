import { availableParallelism } from 'node:os';

/** How the requests that may be under way at a time are divided. */
export type ThreadPlan = {
  readonly threads: number;
  readonly tasksPerThread: number;
  /** Requests at a time of one task. */
  readonly perTask: number;
};

/**
 * Threads by default, at most. Two cores' worth of documents (16 s of processor time for 2,440 packages) is done by four in
 * the time that the answers take to come, and each takes some 50 MB.
 */
const MOST_THREADS = 4;
/** With two, a thread has connections in use while the slow documents of the other end. */
const TASKS_PER_THREAD = 2;

/**
 * @param workers as asked for; `null` = one for each core, within reason
 * @param concurrency requests at a time of the whole run; never exceeded, so that few connections mean few threads
 */
export function planThreads(workers: number | null, concurrency: number): ThreadPlan {
  const threads = Math.max(
    1,
    Math.min(workers ?? Math.min(MOST_THREADS, availableParallelism()), concurrency),
  );
  const tasksPerThread = Math.max(1, Math.min(TASKS_PER_THREAD, Math.floor(concurrency / threads)));
  return { threads, tasksPerThread, perTask: Math.floor(concurrency / (threads * tasksPerThread)) };
}

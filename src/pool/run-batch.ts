import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import type { Piscina } from 'piscina';
import type { FactAnswer, FactQuery, LookupContext, PackageFacts } from '../model/facts.js';
import type { PackageName } from '../model/package-name.js';
import type { LookUpTask, RunEnd, Told } from './tasks.js';
import { startWatchdog } from './watchdog.js';

/** What came of a batch. Names without an answer are for the caller to ask again. */
export type BatchOutcome = {
  readonly answers: ReadonlyMap<PackageName, FactAnswer<PackageFacts>>;
  /**
   * `died`: the thread ended over it, or was ended since it hung. `passed-over`: the thread ended before it began with it.
   * `no-thread`: none could be started.
   */
  readonly ending: 'done' | 'died' | 'passed-over' | 'no-thread';
  /** Why it isn't done: what the thread did, in our own words and error codes. */
  readonly why: string;
};

export type BatchLimits = {
  /** Until a thread begins, milliseconds. */
  readonly startMs: number;
  /** Without an answer from a thread that has begun, milliseconds. */
  readonly silenceMs: number;
  /** For answers that are on their way when the run ends, milliseconds. */
  readonly graceMs: number;
};

/** The pool, and what concerns all its batches. */
export type BatchPool = {
  readonly pool: Piscina;
  readonly limits: BatchLimits;
  /** Calls `listener` when no thread can be started; the function that is returned takes it off. */
  readonly onStartFailure: (listener: (why: string) => void) => () => void;
  readonly onRequests: (more: number) => void;
};

/** Has one thread ask about `queries`, watches over it, and ends it where it hangs. Never rejects. */
export function runBatch(
  { pool, limits, onStartFailure, onRequests }: BatchPool,
  queries: readonly FactQuery<PackageFacts>[],
  { nowMs, signal, onAnswer }: LookupContext,
): Promise<BatchOutcome> {
  const { port1: port, port2 } = new MessageChannel();
  const answers = new Map<PackageName, FactAnswer<PackageFacts>>();
  let threadId: number | null = null;
  const hear = (told: Told): void => {
    watchdog.allow(signal.aborted ? limits.graceMs : limits.silenceMs);
    if (told.kind === 'began') {
      threadId = told.threadId;
    } else {
      answers.set(told.name, told.answer);
      onRequests(told.requests);
      onAnswer(told.name);
    }
  };
  const watchdog = startWatchdog(limits.startMs, (ms) => void endThread(ms));
  const endThread = async (ms: number): Promise<void> => {
    silence = `did not answer for ${ms} ms`;
    const thread = pool.threads.find((one) => one.threadId === threadId);
    // Nothing else may be given to it, so that it has to be gone first.
    await Promise.race([thread?.terminate(), delay(limits.graceMs)]);
    end(threadId === null ? 'no-thread' : 'died', silence);
  };
  const onAbort = (): void => {
    port.postMessage((isTimeout(signal) ? 'timeout' : 'aborted') satisfies RunEnd);
    watchdog.allow(limits.graceMs);
  };
  let settle: (outcome: BatchOutcome) => void = () => undefined;
  let isOver = false;
  let silence: string | null = null;
  const end = (ending: BatchOutcome['ending'], why: string): void => {
    if (isOver) return;
    isOver = true;
    // What the thread has said is in the port, though it may be gone.
    for (let left = receiveMessageOnPort(port); left !== undefined; left = receiveMessageOnPort(port))
      hear(left.message as Told);
    watchdog.stop();
    offStartFailure();
    signal.removeEventListener('abort', onAbort);
    port.close();
    const isPassedOver = ending === 'died' && threadId === null;
    settle({ answers, ending: isPassedOver ? 'passed-over' : ending, why: silence ?? why });
  };
  const offStartFailure = onStartFailure((why) => {
    if (threadId === null) end('no-thread', why);
  });
  port.on('message', hear);
  // One for each batch under way is no leak: `end` takes it off.
  setMaxListeners(0, signal);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  const task: LookUpTask = { queries, nowMs, port: port2 };
  pool.run(task, { transferList: [port2] }).then(
    () => end('done', ''),
    (error) => end('died', describeDeath(error)),
  );
  return new Promise((resolve) => {
    settle = resolve;
  });
}

/** What ended a thread. Only the error's code is repeated. */
export function describeDeath(error: unknown): string {
  const code =
    error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return 'ran out of memory';
  return `ended unexpectedly${code !== null && /^[A-Z0-9_]{1,60}$/.test(code) ? ` (${code})` : ''}`;
}

function isTimeout({ reason }: AbortSignal): boolean {
  return reason instanceof Error && reason.name === 'TimeoutError';
}

import { setMaxListeners } from 'node:events';
import { type Failure, failed } from './failure.js';

/** The end of one request, its retries and its body: a time limit, or the end of the whole run. */
export type Deadline = {
  readonly signal: AbortSignal;
  readonly remainingMs: () => number;
  /** The failure to report once `signal` is aborted, else `null`. */
  readonly failure: (host: string) => Failure | null;
  /** Must be called when the request is over. */
  readonly stop: () => void;
};

/** Starts the clock. A run that was ended by `AbortSignal.timeout` counts as a timeout too. */
export function startDeadline(timeoutMs: number, run: AbortSignal, now: () => number): Deadline {
  const controller = new AbortController();
  const endsAtMs = now() + timeoutMs;
  let cause: 'request' | 'run' | null = null;
  const end = (by: 'request' | 'run'): void => {
    cause ??= by;
    controller.abort();
  };
  const onRunEnd = (): void => end('run');
  const timer = setTimeout(() => end('request'), timeoutMs);
  // One listener for each request under way is no leak: `stop` takes it off.
  setMaxListeners(0, run);
  run.addEventListener('abort', onRunEnd, { once: true });
  if (run.aborted) onRunEnd();
  return {
    signal: controller.signal,
    remainingMs: () => endsAtMs - now(),
    failure: (host) => (cause === null ? null : failureOf(cause, run, host, timeoutMs)),
    stop: () => {
      clearTimeout(timer);
      run.removeEventListener('abort', onRunEnd);
    },
  };
}

function failureOf(cause: 'request' | 'run', run: AbortSignal, host: string, timeoutMs: number): Failure {
  if (cause === 'request') return failed('timeout', `${host} did not answer within ${timeoutMs} ms`);
  return runFailure(run);
}

/** What the end of the run means for a request that it cut off, or that was not begun. */
export function runFailure(run: AbortSignal): Failure {
  const timedOut = run.reason instanceof Error && run.reason.name === 'TimeoutError';
  return timedOut
    ? failed('timeout', 'the time for the whole run was used up')
    : failed('aborted', 'the run was ended');
}

import type { Unavailable } from '../model/facts.js';

/** Requests in a row that may fail before the service counts as down. */
const MAX_FAILURES = 3;

/** Remembers that a service is not to be asked any more. */
export type Breaker = {
  /** The answer for everything from now on; `null` while the service may be asked. */
  readonly tripped: () => Unavailable | null;
  /** Takes the outcome of a request; `null` = it brought an answer. */
  readonly record: (failure: Unavailable | null) => void;
};

/** Trips on the first "too many requests", and on three failures in a row. */
export function createBreaker(): Breaker {
  let failures = 0;
  let tripped: Unavailable | null = null;
  return {
    tripped: () => tripped,
    record: (failure) => {
      failures = failure === null ? 0 : failures + 1;
      if (failure !== null && (failure.reason === 'rate-limited' || failures >= MAX_FAILURES))
        tripped ??= failure;
    },
  };
}

import type { Failure } from './failure.js';

/** First and longest pause between attempts. npm waits 10–60 s; a check has no time for that. */
const BASE_MS = 200;
const CAP_MS = 5_000;
/** A server that keeps saying "later" is believed this often, as long as the deadline allows. */
const MAX_WAITS_FOR_RATE = 10;
/** Spreads the return of many requests that were told the same time. */
const RATE_SPREAD_MS = 250;

export type RetryPolicy = {
  /** Attempts after the first one. */
  readonly retries: number;
  /** Wait when the server limits the rate; without, a 429 is final. */
  readonly waitsForRate: boolean;
};

/**
 * Milliseconds to wait before attempt `attempt + 1` (0 = the first), or `null` to give up. Exponential backoff with
 * full jitter; Retry-After is a lower bound. A wait that would outlast the deadline is not begun.
 */
export function pauseBeforeRetry(
  failure: Failure,
  attempt: number,
  remainingMs: number,
  policy: RetryPolicy,
  random: () => number,
): number | null {
  if (!failure.retriable || attempt >= allowedRetries(failure, policy)) return null;
  const spread = failure.retryAfterMs === null ? Math.min(CAP_MS, BASE_MS * 2 ** attempt) : RATE_SPREAD_MS;
  const pauseMs = (failure.retryAfterMs ?? 0) + random() * spread;
  return pauseMs < remainingMs ? pauseMs : null;
}

function allowedRetries(failure: Failure, policy: RetryPolicy): number {
  if (failure.reason !== 'rate-limited') return policy.retries;
  if (!policy.waitsForRate) return 0;
  return failure.retryAfterMs === null ? policy.retries : MAX_WAITS_FOR_RATE;
}

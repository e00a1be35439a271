import { type Failure, failed, failedForNow } from './failure.js';

/** Statuses after which npm's client asks again; 420 is an old "slow down". */
const TRY_AGAIN = new Set([408, 420, 425]);

/** What a status other than 200, 304, 404, 410, 451 and the redirects means. */
export function classifyStatus(status: number, host: string, retryAfterMs: number | null): Failure {
  const detail = `${host} answered with status ${status}`;
  if (status === 401) return failed('unauthorized', `${host} wants credentials (401)`);
  if (status === 403) return failed('forbidden', `${host} refuses access (403)`);
  if (status === 407) return failed('network', `the proxy before ${host} wants credentials (407)`);
  if (status === 429)
    return failedForNow('rate-limited', `${host} limits the rate of requests (429)`, retryAfterMs);
  if (status >= 500) return failedForNow('server-error', detail, retryAfterMs);
  return TRY_AGAIN.has(status)
    ? failedForNow('server-error', detail, retryAfterMs)
    : failed('unreadable', detail);
}

/** Reads a Retry-After header (seconds or an HTTP date) as a wait from `nowMs` on; `null` when it says nothing. */
export function parseRetryAfter(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const dateMs = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(dateMs) ? null : Math.max(0, dateMs - nowMs);
}

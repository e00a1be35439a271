import type { Absent, EpochMs, Found, UnavailableReason } from '../model/facts.js';

/** How long an answer may be used without asking again, in milliseconds. */
export type Ttl = {
  readonly foundMs: number;
  readonly absentMs: number;
  /** Oldest `found` answer that may stand in for a service that cannot be reached. */
  readonly staleMs: number;
};

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * Found: a day, the grain at which ages and weekly downloads are judged. Absent: ten minutes, since a name that is
 * published meanwhile must not be called invented for long, while the runs of one install share the answer.
 * Stale: thirty days, the age under which a package counts as recently created.
 */
export const DEFAULT_TTL: Ttl = { foundMs: DAY_MS, absentMs: 10 * MINUTE_MS, staleMs: 30 * DAY_MS };

/** Difference between the clocks of processes and machines on one cache that is put up with. */
const CLOCK_SKEW_MS = 5 * MINUTE_MS;

/** Fetched at a time that has not come yet: a wrong clock or a forged entry, never a fact. */
export function isFromFuture(fetchedAtMs: EpochMs, nowMs: EpochMs): boolean {
  return fetchedAtMs > nowMs + CLOCK_SKEW_MS;
}

/** The answer may be given without asking the service again. */
export function isFresh(answer: Found<unknown> | Absent, nowMs: EpochMs, ttl: Ttl): boolean {
  return !isFromFuture(answer.fetchedAtMs, nowMs) && nowMs < freshUntil(answer, ttl);
}

/** From when on the service is asked again. */
export function freshUntil(answer: Found<unknown> | Absent, ttl: Ttl): EpochMs {
  return answer.fetchedAtMs + (answer.kind === 'found' ? ttl.foundMs : ttl.absentMs);
}

/**
 * Whether an older answer may stand in. It may not where the service did answer and its answer was about this name:
 * a registry that quarantines a package says 403, and a document can be made too large to hide what it holds.
 */
const STALE_MAY_STAND_IN: Readonly<Record<UnavailableReason, boolean>> = {
  offline: true,
  timeout: true,
  network: true,
  'rate-limited': true,
  'server-error': true,
  unreadable: true,
  aborted: true,
  unauthorized: false,
  forbidden: false,
  'private-scope': false,
  'too-large': false,
  'no-source': false,
};

/** `found` may be served although it is no longer fresh, since the service is unavailable for `reason`. */
export function mayStandIn(
  found: Found<unknown>,
  reason: UnavailableReason,
  nowMs: EpochMs,
  ttl: Ttl,
): boolean {
  return STALE_MAY_STAND_IN[reason] && nowMs - found.fetchedAtMs <= ttl.staleMs;
}

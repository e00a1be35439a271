import { FEED_STALE_MS } from '../cache/feed-content.js';
import type { EpochMs } from '../model/facts.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * How long a feed is used without asking, in milliseconds: an hour. Bad packages are found and taken down within hours,
 * so a day would be too long; asking costs one conditional request, which the installs of a working hour share.
 */
export const FEED_FRESH_MS = HOUR_MS;

export function isFreshFeed(fetchedAtMs: EpochMs, nowMs: EpochMs): boolean {
  return nowMs - fetchedAtMs < FEED_FRESH_MS;
}

/** A copy of this age may stand in for a server that gives none. */
export function mayStandIn(fetchedAtMs: EpochMs, nowMs: EpochMs): boolean {
  return nowMs - fetchedAtMs <= FEED_STALE_MS;
}

/** An age in words, in its largest unit, rounded down: `3 days`. */
export function ageInWords(fetchedAtMs: EpochMs, nowMs: EpochMs): string {
  const ageMs = Math.max(0, nowMs - fetchedAtMs);
  if (ageMs >= 2 * DAY_MS) return `${Math.floor(ageMs / DAY_MS)} days`;
  if (ageMs >= 2 * HOUR_MS) return `${Math.floor(ageMs / HOUR_MS)} hours`;
  return `${Math.floor(ageMs / MINUTE_MS)} minutes`;
}

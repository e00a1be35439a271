import { describe, expect, it } from 'vitest';
import { DEFAULT_TTL, isFresh, isFromFuture, mayStandIn } from '../../../src/cache/freshness.js';
import type { UnavailableReason } from '../../../src/model/facts.js';
import { NOW_MS } from './support.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const foundAt = (fetchedAtMs: number) =>
  ({ kind: 'found', facts: 1, fetchedAtMs, etag: null, from: 'cache' }) as const;
const absentAt = (fetchedAtMs: number) => ({ kind: 'absent', fetchedAtMs, from: 'cache' }) as const;

describe('freshness', () => {
  it.each([
    [foundAt(NOW_MS - DAY_MS + 1), true],
    [foundAt(NOW_MS - DAY_MS), false],
    [absentAt(NOW_MS - 10 * MINUTE_MS + 1), true],
    [absentAt(NOW_MS - 10 * MINUTE_MS), false],
    [foundAt(NOW_MS + 5 * MINUTE_MS), true],
    [foundAt(NOW_MS + 5 * MINUTE_MS + 1), false],
    [absentAt(NOW_MS + 5 * MINUTE_MS + 1), false],
  ])('of %j is %s', (answer, expected) => {
    expect(isFresh(answer, NOW_MS, DEFAULT_TTL)).toBe(expected);
  });

  it('puts up with five minutes between two clocks', () => {
    expect(isFromFuture(NOW_MS + 5 * MINUTE_MS, NOW_MS)).toBe(false);
    expect(isFromFuture(NOW_MS + 5 * MINUTE_MS + 1, NOW_MS)).toBe(true);
  });
});

describe('an old answer in place of none', () => {
  it('is used up to thirty days', () => {
    expect(mayStandIn(foundAt(NOW_MS - 30 * DAY_MS), 'network', NOW_MS, DEFAULT_TTL)).toBe(true);
    expect(mayStandIn(foundAt(NOW_MS - 30 * DAY_MS - 1), 'network', NOW_MS, DEFAULT_TTL)).toBe(false);
  });

  it.each<[UnavailableReason, boolean]>([
    ['offline', true],
    ['timeout', true],
    ['network', true],
    ['rate-limited', true],
    ['server-error', true],
    ['unreadable', true],
    ['aborted', true],
    ['unauthorized', false],
    ['forbidden', false],
    ['private-scope', false],
    ['too-large', false],
    ['no-source', false],
  ])('after %s: %s', (reason, expected) => {
    expect(mayStandIn(foundAt(NOW_MS - DAY_MS), reason, NOW_MS, DEFAULT_TTL)).toBe(expected);
  });
});

import { describe, expect, it } from 'vitest';
import { startDeadline } from '../../../src/registry/deadline.js';
import { classifyError, type Failure, failed, failedForNow } from '../../../src/registry/failure.js';
import { pauseBeforeRetry } from '../../../src/registry/retry.js';
import { classifyStatus, parseRetryAfter } from '../../../src/registry/status.js';

const policy = { retries: 2, waitsForRate: true };
const broken = failedForNow('server-error', 'x');
const limited = (retryAfterMs: number | null): Failure => failedForNow('rate-limited', 'x', retryAfterMs);
const pause = (failure: Failure, attempt: number, remainingMs = 30_000, random = 0.5): number | null =>
  pauseBeforeRetry(failure, attempt, remainingMs, policy, () => random);

describe('the pause before a retry', () => {
  it('grows, with full jitter', () => {
    expect([pause(broken, 0), pause(broken, 1)]).toEqual([100, 200]);
    expect(pause(broken, 0, 30_000, 0)).toBe(0);
    expect(pauseBeforeRetry(broken, 9, 30_000, { ...policy, retries: 10 }, () => 0.5)).toBe(2_500);
  });

  it('is none after the last retry, after a final failure, and when the deadline is nearer', () => {
    expect(pause(broken, 2)).toBeNull();
    expect(pause(failed('forbidden', 'x'), 0)).toBeNull();
    expect(pause(broken, 0, 99)).toBeNull();
  });

  it('is at least what the server asked for', () => {
    expect(pause(limited(3_000), 0)).toBe(3_125);
    expect(pause(failedForNow('server-error', 'x', 1_000), 0)).toBe(1_125);
    expect(pause(limited(40_000), 0)).toBeNull();
  });

  it('is granted to a server that limits the rate for as long as the deadline allows', () => {
    expect(pause(limited(1_000), 9)).toBe(1_125);
    expect(pause(limited(1_000), 10)).toBeNull();
    expect(pause(limited(null), 2)).toBeNull();
    expect(
      pauseBeforeRetry(limited(1), 0, 30_000, { retries: 2, waitsForRate: false }, Math.random),
    ).toBeNull();
  });
});

describe('Retry-After', () => {
  const now = Date.UTC(2026, 0, 15, 12);
  it.each([
    ['7', 7_000],
    [' 0 ', 0],
    ['Thu, 15 Jan 2026 12:00:05 GMT', 5_000],
    ['Thu, 15 Jan 2026 11:00:00 GMT', 0],
    ['-3', null],
    ['1.5', null],
    ['soon', null],
    [null, null],
  ])('%j is %j ms', (header, expected) => {
    expect(parseRetryAfter(header, now)).toBe(expected);
  });
});

describe('a status', () => {
  it.each([
    [401, 'unauthorized', false],
    [403, 'forbidden', false],
    [407, 'network', false],
    [408, 'server-error', true],
    [420, 'server-error', true],
    [425, 'server-error', true],
    [429, 'rate-limited', true],
    [500, 'server-error', true],
    [503, 'server-error', true],
    [204, 'unreadable', false],
    [400, 'unreadable', false],
  ])('%i means %s', (status, reason, retriable) => {
    expect(classifyStatus(status, 'a.test', null)).toMatchObject({ reason, retriable });
  });
});

describe('an error', () => {
  const coded = (code: unknown): Error => Object.assign(new Error('secret text'), { code });
  it.each([
    ['ECONNRESET', 'network', true],
    ['UND_ERR_SOCKET', 'network', true],
    ['Z_BUF_ERROR', 'network', true],
    ['ENOTFOUND', 'network', false],
    ['CERT_HAS_EXPIRED', 'network', false],
    ['UND_ERR_CONNECT_TIMEOUT', 'timeout', true],
  ])('%s means %s', (code, reason, retriable) => {
    expect(classifyError(coded(code), 'a.test')).toMatchObject({ reason, retriable });
  });

  it('is looked for among the causes', () => {
    const wrapped = new Error('x', { cause: new AggregateError([coded('ECONNREFUSED')]) });
    expect(classifyError(wrapped, 'a.test')).toMatchObject({ reason: 'network', retriable: true });
  });

  it('repeats nothing but a code', () => {
    for (const error of [coded('\u001b[31m bad'), coded(7), new Error('secret text'), 'secret text', null]) {
      const failure = classifyError(error, 'a.test');
      expect(failure).toMatchObject({ reason: 'network', retriable: false });
      expect(failure.detail).toMatch(/^the connection to a\.test failed \([A-Z_a-z0-9 ]+\)$/);
    }
  });
});

describe('a deadline', () => {
  it('tells the end of the request from the end of the run', async () => {
    const never = new AbortController().signal;
    const short = startDeadline(1, never, Date.now);
    await new Promise((done) => short.signal.addEventListener('abort', done));
    expect(short.failure('a.test')?.reason).toBe('timeout');
    expect(startDeadline(60_000, AbortSignal.abort(), Date.now).failure('a.test')?.reason).toBe('aborted');
    const timedOut = AbortSignal.abort(new DOMException('x', 'TimeoutError'));
    expect(startDeadline(60_000, timedOut, Date.now).failure('a.test')?.reason).toBe('timeout');
  });

  it('says nothing while there is time', () => {
    const deadline = startDeadline(1_000, new AbortController().signal, () => 5);
    expect([deadline.failure('a.test'), deadline.remainingMs()]).toEqual([null, 1_000]);
    deadline.stop();
  });
});

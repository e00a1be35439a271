import { describe, expect, it } from 'vitest';
import { createBreaker } from '../../../src/registry/breaker.js';
import { batchNames } from '../../../src/registry/download-batches.js';
import { interpretDownloads } from '../../../src/registry/download-counts.js';
import { failed, unavailable } from '../../../src/registry/failure.js';
import type { JsonAnswer } from '../../../src/registry/fetch-once.js';
import { named } from '../../support/fake-settings.js';

const names = (count: number, length = 0) =>
  Array.from({ length: count }, (_, index) => named(`made-up-${index}`.padEnd(length, 'x')));

describe('batches', () => {
  it('hold up to 128 unscoped names', () => {
    expect(batchNames(names(300)).map((batch) => batch.length)).toEqual([128, 128, 44]);
  });

  it('hold fewer long names', () => {
    const batches = batchNames(names(128, 200));
    expect(Math.max(...batches.map((batch) => batch.join(',').length))).toBeLessThanOrEqual(6_200);
    expect(batches.flat()).toHaveLength(128);
  });

  it('hold one scoped name', () => {
    const mixed = [named('a'), named('@inv/b'), named('c'), named('@inv/d')];
    expect(batchNames(mixed)).toEqual([['a', 'c'], ['@inv/b'], ['@inv/d']]);
  });

  it('are none for no names', () => {
    expect(batchNames([])).toEqual([]);
  });
});

describe('an answer', () => {
  const document = (body: unknown): JsonAnswer => ({ kind: 'document', body, etag: null });
  const answerFor = (result: JsonAnswer, count: number, name: string) => {
    const read = interpretDownloads(result, count, 'a.test', 5);
    return read.kind === 'failed' ? read.answer : read.answerFor(named(name));
  };

  it('to one name is its count', () => {
    const found = { kind: 'found', facts: { weeklyDownloads: 7 }, fetchedAtMs: 5 };
    expect(answerFor(document({ downloads: 7, package: 'x' }), 1, 'x')).toMatchObject(found);
    expect(answerFor(document({ downloads: 7 }), 1, 'x')).toMatchObject(found);
    expect(answerFor(document({ x: { downloads: 7 } }), 1, 'x')).toMatchObject(found);
  });

  it('to several is a table', () => {
    const table = document({ x: { downloads: 0 }, y: null });
    expect(answerFor(table, 2, 'x')).toMatchObject({ kind: 'found', facts: { weeklyDownloads: 0 } });
    expect(answerFor(table, 2, 'y').kind).toBe('absent');
    expect(answerFor(table, 2, 'z')).toMatchObject({ kind: 'unavailable', reason: 'unreadable' });
    expect(answerFor(table, 2, 'constructor')).toMatchObject({ kind: 'unavailable' });
  });

  it.each([
    ['a list', document([])],
    ['not modified', { kind: 'not-modified', etag: null } as const],
    ['not found for several', { kind: 'missing', withheld: false } as const],
  ])('is unreadable when it is %s', (_, result) => {
    expect(answerFor(result, 2, 'x')).toMatchObject({ kind: 'unavailable', reason: 'unreadable' });
  });

  it.each([-1, '7', null, Number.POSITIVE_INFINITY])('is unreadable with %j downloads', (downloads) => {
    expect(answerFor(document({ x: { downloads }, y: null }), 2, 'x')).toMatchObject({
      reason: 'unreadable',
    });
  });

  it('about another package is unreadable', () => {
    expect(answerFor(document({ downloads: 7, package: 'y' }), 1, 'x')).toMatchObject({
      reason: 'unreadable',
    });
  });

  it('that is "not found" for one name means that it is not counted', () => {
    expect(answerFor({ kind: 'missing', withheld: false }, 1, 'x').kind).toBe('absent');
  });

  it('that failed keeps its reason', () => {
    expect(interpretDownloads(failed('timeout', 'x'), 1, 'a.test', 5)).toMatchObject({
      answer: { reason: 'timeout' },
    });
  });
});

describe('the breaker', () => {
  const down = unavailable('server-error', 'x');

  it('trips after three failures in a row', () => {
    const breaker = createBreaker();
    for (const outcome of [down, down, null, down, down]) breaker.record(outcome);
    expect(breaker.tripped()).toBeNull();
    breaker.record(down);
    expect(breaker.tripped()).toEqual(down);
  });

  it('trips at once when the rate is limited', () => {
    const breaker = createBreaker();
    breaker.record(unavailable('rate-limited', 'x'));
    breaker.record(down);
    expect(breaker.tripped()?.reason).toBe('rate-limited');
  });
});

import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../../src/cache/memory-store.js';
import type { PackageName } from '../../../src/model/package-name.js';
import {
  absent,
  cached,
  contextAt,
  factsOf,
  found,
  NOW_MS,
  nameOf,
  queriesFor,
  REGISTRY,
  recorder,
  unavailable,
} from './support.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const A = nameOf('zq-a');

describe('a cached source', () => {
  it('asks for a name once and marks later answers as cached, with their true age', async () => {
    const inner = recorder();
    const source = cached(inner, createMemoryStore());
    const first = await source.lookup(queriesFor([A]), contextAt(NOW_MS));
    const second = await source.lookup(queriesFor([A]), contextAt(NOW_MS + 5));
    expect(inner.asked).toHaveLength(1);
    expect(first.get(A)).toMatchObject({ kind: 'found', from: 'registry' });
    expect(second.get(A)).toEqual({ ...first.get(A), from: 'cache' });
  });

  it('shares answers through the store between two sources', async () => {
    const store = createMemoryStore();
    await cached(recorder(), store).lookup(queriesFor([A]), contextAt(NOW_MS));
    const inner = recorder();
    const answers = await cached(inner, store).lookup(queriesFor([A]), contextAt(NOW_MS + 5));
    expect(inner.asked).toEqual([]);
    expect(answers.get(A)).toEqual({
      kind: 'found',
      facts: factsOf(A),
      fetchedAtMs: NOW_MS,
      etag: 'W/"zq-a"',
      from: 'cache',
    });
    await store.flush();
    expect(store.problems()).toEqual([]);
  });

  it('answers every name and reports each exactly once', async () => {
    const source = cached(recorder(), createMemoryStore());
    await source.lookup(queriesFor([A]), contextAt(NOW_MS));
    const reported: PackageName[] = [];
    const queries = queriesFor([A, 'zq-b', 'JSONStream', 'jsonstream']);
    const answers = await source.lookup(
      queries,
      contextAt(NOW_MS, (name) => reported.push(name)),
    );
    expect([...answers.keys()].sort()).toEqual(['JSONStream', 'jsonstream', 'zq-a', 'zq-b']);
    expect(reported.sort()).toEqual(['JSONStream', 'jsonstream', 'zq-a', 'zq-b']);
  });

  it('says unavailable for a name that the inner source left out', async () => {
    const silent = { lookup: () => Promise.resolve(new Map()) };
    const reported: PackageName[] = [];
    const source = cached(silent, createMemoryStore());
    const answers = await source.lookup(
      queriesFor([A]),
      contextAt(NOW_MS, (name) => reported.push(name)),
    );
    expect(answers.get(A)).toMatchObject({ kind: 'unavailable', reason: 'no-source' });
    expect(reported).toEqual([A]);
  });

  it('asks again after a day and hands over the old answer for revalidation', async () => {
    const inner = recorder();
    const source = cached(inner, createMemoryStore());
    await source.lookup(queriesFor([A]), contextAt(NOW_MS));
    await source.lookup(queriesFor([A]), contextAt(NOW_MS + DAY_MS - 1));
    expect(inner.asked).toHaveLength(1);
    const answers = await source.lookup(queriesFor([A]), contextAt(NOW_MS + DAY_MS));
    expect(inner.asked[1]?.previous).toMatchObject({ kind: 'found', etag: 'W/"zq-a"', fetchedAtMs: NOW_MS });
    expect(answers.get(A)).toMatchObject({ fetchedAtMs: NOW_MS + DAY_MS, from: 'registry' });
  });

  it('keeps the previous answer of the caller when it is the newer one', async () => {
    const inner = recorder();
    const source = cached(inner, createMemoryStore());
    await source.lookup(queriesFor([A]), contextAt(NOW_MS));
    const previous = {
      kind: 'found',
      facts: factsOf(A),
      etag: 'new',
      from: 'cache',
      fetchedAtMs: NOW_MS + 1,
    } as const;
    await source.lookup(
      queriesFor([A]).map((query) => ({ ...query, previous })),
      contextAt(NOW_MS + DAY_MS),
    );
    expect(inner.asked[1]?.previous).toBe(previous);
    await source.lookup(
      queriesFor(['zq-b']).map((query) => ({ ...query, previous })),
      contextAt(NOW_MS),
    );
    expect(inner.asked[2]?.previous).toBe(previous);
  });

  it('keeps absent for ten minutes and never serves it later', async () => {
    const inner = recorder(absent);
    const source = cached(inner, createMemoryStore());
    await source.lookup(queriesFor([A]), contextAt(NOW_MS));
    inner.answerer = unavailable('network');
    const early = await source.lookup(queriesFor([A]), contextAt(NOW_MS + 10 * MINUTE_MS - 1));
    expect(early.get(A)).toEqual({ kind: 'absent', fetchedAtMs: NOW_MS, from: 'cache' });
    const late = await source.lookup(queriesFor([A]), contextAt(NOW_MS + 10 * MINUTE_MS));
    expect(late.get(A)).toMatchObject({ kind: 'unavailable', reason: 'network' });
    expect(inner.asked[1]?.previous).toBeNull();
  });

  it('never takes a cached absent as proof where the scope has its own registry', async () => {
    const inner = recorder(absent);
    const source = cached(inner, createMemoryStore());
    await source.lookup(queriesFor(['@zq/a']), contextAt(NOW_MS));
    await source.lookup(queriesFor(['@zq/a'], { ...REGISTRY, isScopeRegistry: true }), contextAt(NOW_MS));
    expect(inner.asked).toHaveLength(2);
  });

  it('never keeps unavailable', async () => {
    const inner = recorder(unavailable('network'));
    const source = cached(inner, createMemoryStore());
    await source.lookup(queriesFor([A]), contextAt(NOW_MS));
    inner.answerer = found;
    const answers = await source.lookup(queriesFor([A]), contextAt(NOW_MS));
    expect(answers.get(A)).toMatchObject({ kind: 'found', from: 'registry' });
  });

  it('serves a stale found for thirty days when nobody answers, and asks again each time', async () => {
    const inner = recorder();
    const source = cached(inner, createMemoryStore());
    await source.lookup(queriesFor([A]), contextAt(NOW_MS));
    inner.answerer = unavailable('network');
    const month = await source.lookup(queriesFor([A]), contextAt(NOW_MS + 30 * DAY_MS));
    expect(month.get(A)).toMatchObject({ kind: 'found', from: 'cache', fetchedAtMs: NOW_MS });
    const later = await source.lookup(queriesFor([A]), contextAt(NOW_MS + 30 * DAY_MS + 1));
    expect(later.get(A)).toMatchObject({ kind: 'unavailable' });
    expect(inner.asked).toHaveLength(3);
  });

  it('does not hide a refusal of the registry behind a stale found', async () => {
    const inner = recorder();
    const source = cached(inner, createMemoryStore());
    await source.lookup(queriesFor([A]), contextAt(NOW_MS));
    inner.answerer = unavailable('forbidden');
    const answers = await source.lookup(queriesFor([A]), contextAt(NOW_MS + 2 * DAY_MS));
    expect(answers.get(A)).toMatchObject({ kind: 'unavailable', reason: 'forbidden' });
  });

  it('asks nobody offline', async () => {
    const inner = recorder();
    const store = createMemoryStore();
    await cached(inner, store).lookup(queriesFor([A]), contextAt(NOW_MS));
    const offline = cached(inner, store, { offline: true });
    const answers = await offline.lookup(queriesFor([A, 'zq-b']), contextAt(NOW_MS + 2 * DAY_MS));
    expect(answers.get(A)).toMatchObject({ kind: 'found', from: 'cache' });
    expect(answers.get(nameOf('zq-b'))).toMatchObject({ kind: 'unavailable', reason: 'offline' });
    expect(inner.asked).toHaveLength(1);
  });

  it('takes facts from the future for a miss, in memory and in the store', async () => {
    const inner = recorder();
    const store = createMemoryStore();
    const source = cached(inner, store);
    await source.lookup(queriesFor([A]), contextAt(NOW_MS));
    await source.lookup(queriesFor([A]), contextAt(NOW_MS - 6 * MINUTE_MS));
    await cached(inner, store).lookup(queriesFor([A]), contextAt(NOW_MS - 12 * MINUTE_MS));
    expect(inner.asked).toHaveLength(3);
    expect(inner.asked.every(({ previous }) => previous === null)).toBe(true);
  });

  it('keeps the answers of two registries and of two services apart', async () => {
    const inner = recorder();
    const store = createMemoryStore();
    const other = { ...REGISTRY, url: 'https://other.example.test/' };
    await cached(inner, store).lookup(queriesFor([A]), contextAt(NOW_MS));
    await cached(inner, store).lookup(queriesFor([A], other), contextAt(NOW_MS));
    const counts = cached(inner, store, { serviceUrl: 'https://downloads.example.test/' });
    await counts.lookup(queriesFor([A]), contextAt(NOW_MS));
    await counts.lookup(queriesFor([A], other), contextAt(NOW_MS));
    expect(inner.asked).toHaveLength(3);
  });

  it('takes stored junk for a miss', async () => {
    const inner = recorder();
    const store = createMemoryStore();
    const junk = {
      ...store,
      load: () => Promise.resolve(new Map([[A, { fetchedAtMs: NOW_MS, etag: null, facts: ['x'] }]])),
    };
    const answers = await cached(inner, junk).lookup(queriesFor([A]), contextAt(NOW_MS));
    expect(answers.get(A)).toMatchObject({ from: 'registry' });
  });

  it('does not store facts of absurd length', async () => {
    const store = createMemoryStore();
    const inner = recorder((query, nowMs) => ({
      kind: 'found',
      facts: { ...factsOf(query.name), deprecated: 'x'.repeat(20_000) },
      fetchedAtMs: nowMs,
      etag: null,
      from: 'registry',
    }));
    await cached(inner, store).lookup(queriesFor([A]), contextAt(NOW_MS));
    await cached(inner, store).lookup(queriesFor([A]), contextAt(NOW_MS));
    expect(inner.asked).toHaveLength(2);
  });
});

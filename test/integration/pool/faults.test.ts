import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { FactAnswer, PackageFacts } from '../../../src/model/facts.js';
import { lookupContext } from '../../support/fake-settings.js';
import { named, openPool, type Pool, type PoolOptions, queries, soundNames } from './support.js';

const open: Pool[] = [];
afterEach(async () => {
  for (const pool of open.splice(0)) await pool.close();
});

function opened(options: PoolOptions = {}): Pool {
  const pool = openPool(options);
  open.push(pool);
  return pool;
}

type Asked = {
  readonly pool: Pool;
  readonly answerOf: (name: string) => FactAnswer<PackageFacts> | undefined;
  readonly kinds: Readonly<Record<string, number>>;
  readonly answered: readonly string[];
};

async function ask(names: readonly string[], options: PoolOptions = {}): Promise<Asked> {
  const pool = opened(options);
  const context = lookupContext();
  const answers = await pool.source.lookup(queries(names), context);
  const kinds: Record<string, number> = {};
  for (const { kind } of answers.values()) kinds[kind] = (kinds[kind] ?? 0) + 1;
  return { pool, kinds, answered: context.answered, answerOf: (name) => answers.get(named(name)) };
}

const SOUND = soundNames(40);

describe('a worker thread that fails once', () => {
  it.each(['exit', 'throw', 'uncaught', 'reject', 'memory'])('loses no package: %s', async (fault) => {
    const names = [...SOUND.slice(0, 20), `zq-one-${fault}-once`, ...SOUND.slice(20)];
    const { pool, kinds, answered } = await ask(names, { limits: { heapMb: 48 } });
    expect(kinds).toEqual({ absent: names.length });
    expect([...answered].sort()).toEqual([...names].sort());
    expect(pool.askedHere).toEqual([]);
    expect(pool.askedThere().filter((name) => name.includes(fault))).toHaveLength(2);
  });

  it.each(['hang', 'wait'])('is ended when it hangs, and loses no package: %s', async (fault) => {
    const names = [...SOUND, `zq-one-${fault}-once`];
    const { pool, kinds } = await ask(names, { limits: { silenceMs: 400 } });
    expect(kinds).toEqual({ absent: names.length });
    expect(pool.askedHere).toEqual([]);
  });
});

describe('a worker thread that fails again over the same package', () => {
  it.each([
    ['exit', 'ended unexpectedly'],
    ['throw', 'ended unexpectedly'],
    ['memory', 'ran out of memory'],
    ['hang', 'did not answer for 400 ms'],
  ])('leaves that one unavailable, and it alone: %s', async (fault, why) => {
    const bad = `zq-one-${fault}`;
    const { pool, kinds, answered, answerOf } = await ask([bad, ...SOUND], {
      limits: fault === 'hang' ? { silenceMs: 400 } : { heapMb: 48 },
    });
    expect(kinds).toEqual({ absent: SOUND.length, unavailable: 1 });
    expect(answerOf(bad)).toEqual({
      kind: 'unavailable',
      reason: 'too-large',
      detail: expect.stringContaining(why),
    });
    expect(answered).toHaveLength(SOUND.length + 1);
    expect(pool.askedHere).toEqual([]);
  });

  it('is not asked for ever: what no thread has seen by then is asked in the calling thread', async () => {
    const bad = Array.from({ length: 30 }, (_, index) => `zq-one-exit-${index}`);
    const { pool, kinds, answerOf } = await ask([...bad, ...SOUND], { concurrency: 4 });
    expect(Object.values(kinds).reduce((sum, count) => sum + count)).toBe(bad.length + SOUND.length);
    for (const name of pool.askedThere().filter((one) => one.includes('exit')))
      expect(answerOf(name)?.kind).toBe('unavailable');
    const seen = new Set(pool.askedThere());
    expect(pool.askedHere.filter((name) => seen.has(name))).toEqual([]);
    expect(pool.askedThere().length).toBeLessThan(50);
  });
});

describe('threads that can not be started', () => {
  it.each([
    ['a file that is not there', '/nowhere/look-up-facts.js'],
    ['a file that is no program', path.resolve('README.md')],
  ])('leave the work to the calling thread: %s', async (_, entry) => {
    const { pool, kinds } = await ask(SOUND, { entry });
    expect(kinds).toEqual({ absent: SOUND.length });
    expect(pool.askedHere.toSorted()).toEqual(SOUND.toSorted());
  });
});

describe('the end of a run', () => {
  it('ends a thread that hangs over it, and keeps what was answered', async () => {
    const run = new AbortController();
    const inLine = {
      lookup: (left: readonly ReturnType<typeof queries>[number][]) =>
        Promise.resolve(
          new Map(
            left.map(({ name }) => [name, { kind: 'unavailable', reason: 'aborted', detail: '' } as const]),
          ),
        ),
    };
    const pool = opened({ inLine, limits: { graceMs: 100 }, workers: 1, concurrency: 1 });
    const context = lookupContext({
      signal: run.signal,
      onAnswer: () => setTimeout(() => run.abort(), 50),
    });
    const answers = await pool.source.lookup(queries(['zq-one-sound', 'zq-one-hang']), context);
    expect([...answers.values()].map(({ kind }) => kind)).toEqual(['absent', 'unavailable']);
  });
});

describe('requests', () => {
  it('of all threads are counted', async () => {
    const { pool } = await ask(SOUND);
    expect(pool.source.threads()?.requests()).toBe(SOUND.length);
  });
});

describe('names fewer than pay', () => {
  it('are asked about in the calling thread, and no thread is started', async () => {
    const { pool, kinds } = await ask(SOUND, { workers: null });
    expect(kinds).toEqual({ absent: SOUND.length });
    expect(pool.source.threads()).toBe(null);
  });

  it('with --workers 0 all names are', async () => {
    const many = soundNames(2_000);
    const { pool } = await ask(many, { workers: 0 });
    expect(pool.askedHere).toHaveLength(many.length);
    expect(pool.source.threads()).toBe(null);
  });
});

import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createRedisStore } from '../../../src/store/redis-store.js';
import { type FakeRegistry, startFakeRegistry } from '../../support/fake-registry.js';
import { hasRedis, type RedisServer, startRedis } from '../../support/redis-server.js';
import { documents, type MachineOptions, machine, NAMES, type Outcome, verdictsOf } from './machines.js';

const ABSENT = 'zq-nobody-owns-this';
const ASKED = [...NAMES, ABSENT];
const closers: (() => Promise<void>)[] = [];

async function startRegistry(): Promise<FakeRegistry> {
  const made = await startFakeRegistry({ packages: documents(), absent: [ABSENT], allowUnused: true });
  closers.push(made.close);
  return made;
}

async function startStore(options: Readonly<Record<string, string>> = {}): Promise<RedisServer> {
  const redis = await startRedis(options);
  closers.push(redis.kill);
  return redis;
}

/** A deadline that a busy machine keeps. */
function urlOf({ port }: RedisServer, login = ''): string {
  return `redis://${login}127.0.0.1:${port}?deadline=10000`;
}

async function check(
  { url }: FakeRegistry,
  store: string,
  more: Partial<MachineOptions> = {},
): Promise<Outcome> {
  return await machine({ registry: url, store, names: ASKED, ...more }).check();
}

/** What a machine without a store says, which every other outcome is compared with. */
async function quiet(): Promise<readonly object[]> {
  return verdictsOf(await check(await startRegistry(), 'redis://127.0.0.1:1', { key: null }));
}

/** How often it says that the store was of no use. */
function said({ stderr }: Outcome): number {
  return stderr.split('\n').filter((line) => line.includes('The store 127.0.0.1:')).length;
}

afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

describe.skipIf(!hasRedis)('a check goes on, says so once and is right, where the store', () => {
  it('is down', async () => {
    const registry = await startRegistry();
    const outcome = await check(registry, 'redis://127.0.0.1:1');
    expect(verdictsOf(outcome)).toEqual(await quiet());
    expect(outcome.stderr).toContain('The store 127.0.0.1:1 could not be used: ECONNREFUSED.');
    expect(said(outcome)).toBe(1);
    expect(outcome.report.stats.registryRequests).toBe(4);
  });

  it('does not answer', async () => {
    const [registry, redis] = [await startRegistry(), await startStore()];
    await check(registry, urlOf(redis));
    redis.pause();
    try {
      const outcome = await check(registry, `redis://127.0.0.1:${redis.port}`);
      expect(verdictsOf(outcome)).toEqual(await quiet());
      expect(said(outcome)).toBe(1);
      expect(outcome.stderr).toMatch(/no answer in \d+ ms/);
    } finally {
      redis.resume();
    }
  });

  it('wants another password, which is not repeated', async () => {
    const [registry, redis] = [await startRegistry(), await startStore({ requirepass: 'zq-right' })];
    const outcome = await check(registry, urlOf(redis, ':zq-wrong@'));
    expect(verdictsOf(outcome)).toEqual(await quiet());
    expect(said(outcome)).toBe(1);
    expect(outcome.stderr).toContain('WRONGPASS');
    expect(outcome.stderr + JSON.stringify(outcome.report)).not.toContain('zq-wrong');
    const right = await check(registry, urlOf(redis, ':zq-right@'));
    expect(said(right)).toBe(0);
    expect(await redis.entries()).toHaveLength(4);
  });

  it('is full', async () => {
    const [registry, redis] = [
      await startRegistry(),
      await startStore({ maxmemory: '1', 'maxmemory-policy': 'noeviction' }),
    ];
    const outcome = await check(registry, urlOf(redis));
    expect(verdictsOf(outcome)).toEqual(await quiet());
    expect(said(outcome)).toBe(1);
    expect(outcome.stderr).toContain('OOM');
  });

  it('is read-only, and what is there is used', async () => {
    const [registry, redis] = [await startRegistry(), await startStore()];
    const store = urlOf(redis);
    await check(registry, store, { names: NAMES });
    await redis.run('REPLICAOF', '127.0.0.1', '1');
    registry.reset();
    const outcome = await check(registry, store);
    expect(verdictsOf(outcome)).toEqual(await quiet());
    expect(registry.names()).toEqual([ABSENT]);
    expect(outcome.stderr).toContain('took nothing: READONLY');
    expect(said(outcome)).toBe(1);
  });

  it('throws away what it has', async () => {
    const [registry, redis] = [await startRegistry(), await startStore()];
    const store = urlOf(redis);
    await check(registry, store);
    const [one = ''] = await redis.entries();
    await redis.run('DEL', one);
    registry.reset();
    const outcome = await check(registry, store);
    expect(verdictsOf(outcome)).toEqual(await quiet());
    expect(registry.requests).toHaveLength(1);
    expect(outcome.stderr).toBe('');
  });

  it('dies and comes back while checks go on: none is wrong, and facts are shared again', async () => {
    const [registry, redis] = [await startRegistry(), await startStore()];
    const store = urlOf(redis);
    const expected = await quiet();
    const outcomes: Outcome[] = [];
    let isOver = false;
    const checking = [0, 1].map(async () => {
      while (!isOver) outcomes.push(await check(registry, store));
    });
    for (let round = 0; round < 3; round += 1) {
      await sleep(200);
      await redis.kill();
      await sleep(200);
      await redis.start();
    }
    isOver = true;
    await Promise.all(checking);
    for (const outcome of outcomes) expect(verdictsOf(outcome)).toEqual(expected);
    await check(registry, store);
    registry.reset();
    await check(registry, store);
    expect(registry.requests).toHaveLength(0);
  });
});

describe.skipIf(!hasRedis)('a store that failed', () => {
  it('says that this is over when it works again', async () => {
    const redis = await startStore();
    const store = createRedisStore(urlOf(redis));
    await redis.kill();
    expect(await store.read(['a'])).toEqual([null]);
    expect(store.problems()).toEqual([
      { message: expect.stringContaining('could not be used'), isOver: false },
    ]);
    await redis.start();
    while (store.problems().some(({ isOver }) => !isOver)) {
      await sleep(200);
      await store.read(['a']);
    }
    expect(store.problems()).toEqual([
      { message: expect.stringContaining('could not be used'), isOver: true },
    ]);
    await store.close();
  });
});

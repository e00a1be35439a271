import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type FakeRegistry, startFakeRegistry } from '../../support/fake-registry.js';
import { hasRedis, type RedisServer, startRedis } from '../../support/redis-server.js';
import { documents, machine, NAMES, verdictsOf } from './machines.js';

const ABSENT = 'zq-nobody-owns-this';
const registries: FakeRegistry[] = [];

async function startRegistry(): Promise<FakeRegistry> {
  const made = await startFakeRegistry({
    packages: documents(),
    absent: [ABSENT],
    allowUnused: true,
  });
  registries.push(made);
  return made;
}

afterEach(async () => {
  await Promise.all(registries.splice(0).map((one) => one.close()));
});

describe.skipIf(!hasRedis)('facts on a Redis', () => {
  let redis: RedisServer;
  let store: string;
  beforeAll(async () => {
    redis = await startRedis();
    store = `redis://127.0.0.1:${redis.port}?deadline=10000`;
  });
  afterAll(() => redis.kill());
  afterEach(async () => void (await redis.run('FLUSHALL')));

  it('of one machine spare another the registry, with the same verdicts', async () => {
    const registry = await startRegistry();
    const wanted = { registry: registry.url, store, names: [...NAMES, ABSENT] };
    const first = await machine(wanted).check();
    expect(first.report.stats.registryRequests).toBe(4);
    registry.reset();
    const second = await machine(wanted).check();
    expect(registry.requests).toHaveLength(0);
    expect(second.report.stats).toMatchObject({ registryRequests: 0, cacheHits: 4 });
    expect(verdictsOf(second)).toEqual(verdictsOf(first));
    expect(second.report.packages.find(({ name }) => name === ABSENT)?.action).toBe('block');
    expect(second.stderr).toBe('');
  });

  it('are read in one round trip', async () => {
    const registry = await startRegistry();
    await machine({ registry: registry.url, store }).check();
    await redis.run('CONFIG', 'RESETSTAT');
    await machine({ registry: registry.url, store }).check();
    const stats = String(await redis.run('INFO', 'commandstats'));
    expect(/cmdstat_mget:calls=(\d+)/.exec(stats)?.[1]).toBe('1');
    expect(stats).not.toMatch(/cmdstat_(?:get|set|unlink):/);
  });

  it('show neither names nor registry to whoever reads them', async () => {
    const registry = await startRegistry();
    await machine({ registry: registry.url, store }).check();
    const keys = await redis.entries();
    expect(keys).toHaveLength(3);
    const values = await Promise.all(keys.map((key) => redis.run('GET', key)));
    const all = JSON.stringify([keys, values]);
    for (const secret of [...NAMES, '127.0.0.1', 'github']) expect(all).not.toContain(secret);
  });

  it('end there: what is found after thirty days, what is absent after ten minutes', async () => {
    const registry = await startRegistry();
    await machine({ registry: registry.url, store, names: [ABSENT] }).check();
    const [absent = ''] = await redis.entries();
    expect(Number(await redis.run('PTTL', absent))).toBeLessThanOrEqual(10 * 60_000);
    await redis.run('FLUSHALL');
    await machine({ registry: registry.url, store, names: [NAMES[0] ?? ''] }).check();
    const [found = ''] = await redis.entries();
    const days = Number(await redis.run('PTTL', found)) / (24 * 60 * 60_000);
    expect(days).toBeGreaterThan(29.9);
    expect(days).toBeLessThanOrEqual(30);
  });

  it('are believed only under their own key: swapped, cut or replayed under another name they are misses', async () => {
    const registry = await startRegistry();
    const names = [NAMES[0] ?? '', ABSENT];
    await machine({ registry: registry.url, store, names }).check();
    const [one = '', other = ''] = await redis.entries();
    await redis.run('COPY', one, 'kept');
    await redis.run('COPY', other, one, 'REPLACE');
    await redis.run('COPY', 'kept', other, 'REPLACE');
    await redis.run('DEL', 'kept');
    registry.reset();
    const outcome = await machine({ registry: registry.url, store, names }).check();
    expect(registry.names().toSorted()).toEqual(names.toSorted());
    expect(outcome.report.packages.find(({ name }) => name === ABSENT)?.action).toBe('block');
    expect(outcome.stderr).toContain('were not sealed with this organisation’s key');
  });

  it('of another organisation, or made by whoever can write to it, are not believed', async () => {
    const registry = await startRegistry();
    const foreign = machine({ registry: registry.url, store, key: Buffer.alloc(32, 1) });
    await foreign.check();
    registry.reset();
    const outcome = await machine({ registry: registry.url, store }).check();
    expect(outcome.report.stats.registryRequests).toBe(3);
    for (const key of await redis.entries())
      await redis.run('SET', key, 'forged, and long enough to be a value');
    registry.reset();
    expect((await machine({ registry: registry.url, store }).check()).report.stats.registryRequests).toBe(3);
  });

  it('are asked for by another machine where the one that asked for them died', async () => {
    const registry = await startRegistry();
    const one = machine({ registry: registry.url, store, names: [NAMES[0] ?? ''] });
    await one.check();
    const [entry = ''] = await redis.entries();
    await redis.run('DEL', entry);
    await redis.run('SET', `${entry}:asking`, '1', 'PX', '500');
    registry.reset();
    const outcome = await machine({ registry: registry.url, store, names: [NAMES[0] ?? ''] }).check();
    expect(registry.names()).toEqual([NAMES[0]]);
    expect(outcome.status).toBe(0);
  });

  it('are not asked for where the run is offline', async () => {
    const registry = await startRegistry();
    await machine({ registry: registry.url, store }).check();
    await redis.run('CONFIG', 'RESETSTAT');
    const outcome = await machine({ registry: registry.url, store }).check(['--offline']);
    expect(String(await redis.run('INFO', 'commandstats'))).not.toContain('cmdstat_mget');
    expect(outcome.status).toBe(2);
  });

  it('are not used without the key, and that is said', async () => {
    const registry = await startRegistry();
    const outcome = await machine({ registry: registry.url, store, key: null }).check();
    expect(outcome.stderr).toContain('this machine does not have the organisation’s key');
    expect(await redis.entries()).toEqual([]);
    expect(outcome.report.stats.registryRequests).toBe(3);
  });
});

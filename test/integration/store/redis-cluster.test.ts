import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type FakeRegistry, startFakeRegistry } from '../../support/fake-registry.js';
import { type RedisCluster, startRedisCluster } from '../../support/redis-cluster.js';
import { hasRedis } from '../../support/redis-server.js';
import { documents, machine, NAMES, verdictsOf } from './machines.js';

const MANY = Array.from({ length: 40 }, (_, index) => `zq-many-${index}`);
const LOGIN = { requirepass: 'zq-secret', masterauth: 'zq-secret' };
const closers: (() => Promise<void>)[] = [];

async function startRegistry(names: readonly string[]): Promise<FakeRegistry> {
  const made = await startFakeRegistry({ packages: documents(names), allowUnused: true });
  closers.push(made.close);
  return made;
}

/** A deadline that a busy machine keeps. */
function urlOf({ nodes }: RedisCluster, order: readonly number[]): string {
  const [first, ...others] = order.map((at) => `127.0.0.1:${nodes[at]?.port}`);
  const seeds = others.map((node) => `&node=${node}`).join('');
  return `redis://:zq-secret@${first}?deadline=10000&cluster=true${seeds}`;
}

afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

describe.skipIf(!hasRedis)('facts on a Redis Cluster', () => {
  let cluster: RedisCluster;
  beforeAll(async () => {
    cluster = await startRedisCluster(LOGIN);
  }, 120_000);
  afterAll(() => cluster.close());

  it('lie on all its nodes, and spare another machine the registry whichever node it knows', async () => {
    const registry = await startRegistry(MANY);
    const wanted = { registry: registry.url, names: MANY };
    const first = await machine({ ...wanted, store: urlOf(cluster, [0]) }).check();
    expect(first.report.stats.registryRequests).toBe(MANY.length);
    expect(await cluster.entries()).toHaveLength(MANY.length);
    for (const { entries } of cluster.nodes.slice(0, 3)) expect((await entries()).length).toBeGreaterThan(0);
    registry.reset();
    for (const seed of [0, 1, 5]) {
      const outcome = await machine({ ...wanted, store: urlOf(cluster, [seed]) }).check();
      expect(verdictsOf(outcome)).toEqual(verdictsOf(first));
      expect(outcome.stderr).toBe('');
    }
    expect(registry.requests).toHaveLength(0);
  });

  it('are asked of the registry once, however many ask at once', async () => {
    const names = NAMES.map((name) => `${name}-at-once`);
    const registry = await startRegistry(names);
    const store = urlOf(cluster, [0, 1]);
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, () => machine({ registry: registry.url, names, store }).check()),
    );
    expect(outcomes.map(({ status, stderr }) => ({ status, stderr }))).toEqual(
      outcomes.map(() => ({ status: 0, stderr: '' })),
    );
    expect(registry.names().toSorted()).toEqual(names.toSorted());
  });

  it('of a cluster that is spoken to as one server are not shared, and it is said once', async () => {
    const registry = await startRegistry(MANY);
    const [plain = ''] = urlOf(cluster, [0]).split('&');
    const outcome = await machine({ registry: registry.url, names: MANY, store: plain }).check();
    expect(outcome.status).toBe(0);
    expect(outcome.report.stats.registryRequests).toBe(MANY.length);
    expect(outcome.stderr.split('\n').filter((line) => line.includes('The store 127.0.0.1:'))).toHaveLength(
      1,
    );
    expect(outcome.stderr).toContain('it is a cluster, and its URL lacks cluster=true (CROSSSLOT');
  });

  it('are there again when a replica has taken over for a node that died, be it the one that is named first', async () => {
    const registry = await startRegistry(MANY);
    const store = urlOf(cluster, [0, 1, 2]);
    const wanted = { registry: registry.url, names: MANY, store };
    const expected = verdictsOf(await machine(wanted).check());
    await cluster.nodes[0]?.kill();
    const between = await machine(wanted).check();
    expect(verdictsOf(between)).toEqual(expected);
    await cluster.untilFailedOver(cluster.nodes[1] as (typeof cluster.nodes)[number]);
    await machine(wanted).check();
    registry.reset();
    const outcome = await machine(wanted).check();
    expect(verdictsOf(outcome)).toEqual(expected);
    expect(outcome.stderr).toBe('');
    expect(registry.requests).toHaveLength(0);
  }, 120_000);
});

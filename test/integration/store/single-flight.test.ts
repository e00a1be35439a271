import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { packageFactsCodec } from '../../../src/cache/fact-codecs.js';
import { DEFAULT_TTL } from '../../../src/cache/freshness.js';
import type { FactAnswer, FactSource, PackageFacts } from '../../../src/model/facts.js';
import type { PackageName } from '../../../src/model/package-name.js';
import { createRedisStore } from '../../../src/store/redis-store.js';
import { createSharedFacts } from '../../../src/store/shared-facts.js';
import { createSharedSource } from '../../../src/store/shared-source.js';
import { deriveStoreKeys } from '../../../src/store/store-keys.js';
import type { ValueStore } from '../../../src/store/value-store.js';
import { hasRedis, type RedisServer, startRedis } from '../../support/redis-server.js';

const NAMES = Array.from({ length: 20 }, (_, index) => `zq-name-${index}` as PackageName);
const REGISTRY = {
  url: 'https://registry.example.test/',
  isPublic: false,
  isScopeRegistry: false,
  tarballBases: [],
  mirrors: [],
  isChosenByUser: false,
};

/** A registry that counts, and takes its time. */
function countingRegistry(answer: () => FactAnswer<PackageFacts>) {
  const asked: string[] = [];
  const inner: FactSource<PackageFacts> = {
    lookup: async (queries) => {
      asked.push(...queries.map(({ name }) => name));
      await sleep(30);
      return new Map(queries.map(({ name }) => [name, answer()]));
    },
  };
  return { asked, inner };
}

const absent = (): FactAnswer<PackageFacts> => ({
  kind: 'absent',
  fetchedAtMs: Date.now(),
  from: 'registry',
});
const unavailable = (): FactAnswer<PackageFacts> => ({
  kind: 'unavailable',
  reason: 'timeout',
  detail: 'late',
});

describe.skipIf(!hasRedis)('a name that many ask for at once', () => {
  let redis: RedisServer;
  const stores: ValueStore[] = [];
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.kill());
  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()));
    await redis.run('FLUSHALL');
  });

  /** A process of its own, as far as the store can tell. */
  function lookUp(inner: FactSource<PackageFacts>, names: readonly PackageName[]) {
    const store = createRedisStore(`redis://127.0.0.1:${redis.port}?deadline=20000`);
    stores.push(store);
    const shared = createSharedFacts(store, deriveStoreKeys(Buffer.alloc(32, 7)), DEFAULT_TTL);
    const source = createSharedSource(shared, {
      inner,
      kind: 'packages',
      codec: packageFactsCodec,
      ttl: DEFAULT_TTL,
      serviceUrl: null,
      serves: () => true,
    });
    const queries = names.map((name) => ({
      name,
      registry: REGISTRY,
      versions: [],
      needsVersions: false,
      previous: null,
    }));
    return source.lookup(queries, {
      nowMs: Date.now(),
      signal: new AbortController().signal,
      onAnswer: () => undefined,
    });
  }

  it('is fetched from the registry once, and everybody gets the answer', async () => {
    const { asked, inner } = countingRegistry(absent);
    const shifted = Array.from({ length: 8 }, (_, by) => [...NAMES.slice(by * 2), ...NAMES.slice(0, by * 2)]);
    const all = await Promise.all(shifted.map((names) => lookUp(inner, names)));
    expect(asked.toSorted()).toEqual(NAMES.toSorted());
    for (const answers of all) {
      expect(answers.size).toBe(NAMES.length);
      expect(new Set([...answers.values()].map(({ kind }) => kind))).toEqual(new Set(['absent']));
    }
  });

  it('is handed on where whoever asked got no answer', async () => {
    const { asked, inner } = countingRegistry(() => (asked.length <= 1 ? unavailable() : absent()));
    const all = await Promise.all([0, 1, 2].map(() => lookUp(inner, NAMES.slice(0, 1))));
    expect(asked).toHaveLength(2);
    expect(all.map((answers) => answers.get(NAMES[0] as PackageName)?.kind).toSorted()).toEqual([
      'absent',
      'absent',
      'unavailable',
    ]);
  });
});

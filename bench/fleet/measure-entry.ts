import { packageFactsCodec } from '../../src/cache/fact-codecs.js';
import { factSpaceOf } from '../../src/cache/fact-space.js';
import { toStoredFact } from '../../src/cache/stored-fact.js';
import { parsePackageName } from '../../src/model/package-name.js';
import { parsePackument } from '../../src/registry/packument.js';
import { sealValue } from '../../src/store/sealed-value.js';
import { deriveStoreKeys, entryKey } from '../../src/store/store-keys.js';
import { packument } from '../../test/support/fake-registry.js';
import { hasRedis, startRedis } from '../../test/support/redis-server.js';

const ENTRIES = 10_000;

export type EntrySize = {
  /** Bytes of key and value. */
  readonly bytes: number;
  /** What a Redis takes for one, its own overhead and a time to live included; `null` without one. */
  readonly redisBytes: number | null;
};

/** The size of the facts of an ordinary package. */
export async function measureEntry(): Promise<EntrySize> {
  const keys = deriveStoreKeys(Buffer.alloc(32, 1));
  const space = factSpaceOf('packages', 'https://registry.example.test/');
  const nowMs = Date.now();
  const entries = Array.from({ length: ENTRIES }, (_, index) => {
    const name = parsePackageName(`an-ordinary-name-${index}`);
    const facts = name === null ? null : parsePackument(packument({ name }), name, nowMs);
    if (name === null || facts === null) throw new Error('the document of the bench is none');
    const key = entryKey(keys, space, name);
    const fact = toStoredFact(
      { kind: 'found', facts, fetchedAtMs: nowMs, etag: '"0123456789abcdef"', from: 'registry' },
      packageFactsCodec,
    );
    return { key, value: sealValue(keys.values, key, fact), forMs: 60_000 };
  });
  const bytes = entries.reduce((sum, { key, value }) => sum + key.length + value.length, 0) / ENTRIES;
  return { bytes, redisBytes: hasRedis ? await measureInRedis(entries) : null };
}

async function measureInRedis(
  entries: readonly { key: string; value: Buffer; forMs: number }[],
): Promise<number> {
  const { createRedisStore } = await import('../../src/store/redis-store.js');
  const redis = await startRedis();
  const used = async (): Promise<number> =>
    Number(/used_memory:(\d+)/.exec(String(await redis.run('INFO', 'memory')))?.[1]);
  const store = createRedisStore(`redis://127.0.0.1:${redis.port}?deadline=60000`);
  try {
    const before = await used();
    store.write(entries, []);
    await store.flush();
    return ((await used()) - before) / entries.length;
  } finally {
    await store.close();
    await redis.kill();
  }
}

import {
  chmod,
  chown,
  mkdir,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import cacache from 'cacache';
import { describe, expect, it } from 'vitest';
import { readFacts } from '../../../src/cache/disk-reader.js';
import { createDiskStore } from '../../../src/cache/disk-store.js';
import { aggregateKey, recordKey } from '../../../src/cache/fact-space.js';
import { decodeTable } from '../../../src/cache/fact-table.js';
import { openCache } from '../../../src/cache/load-cacache.js';
import { readCacheStats } from '../../../src/cache/maintain.js';
import { MAX_AGGREGATE_NAMES } from '../../../src/cache/merge-aggregate.js';
import { bytesOf, TEST_KEY } from '../../support/cache-keys.js';
import {
  absent,
  cached,
  contextAt,
  factsOf,
  NOW_MS,
  nameOf,
  namesOf,
  queriesFor,
  REGISTRY,
  recorder,
} from '../../unit/cache/support.js';
import { bucketOf, filesIn, look, putAsOurs, recordBucketOf, SPACE, withDirectory } from './support.js';

const DAY_MS = 24 * 60 * 60_000;
const MANY = namesOf(150);
const FEW = namesOf(3);

describe('facts on the disk', () => {
  it.each([
    ['a few names', FEW],
    ['many names', MANY],
  ])('are found again by another process without a request: %s', async (_, names) => {
    await withDirectory(async (dir) => {
      expect((await look(dir, names)).asked).toEqual(names);
      const { asked, answers, problems } = await look(dir, names, NOW_MS + 1);
      expect(asked).toEqual([]);
      expect(problems).toEqual([]);
      for (const name of names) {
        expect(answers.get(name)).toEqual({
          kind: 'found',
          facts: factsOf(name),
          fetchedAtMs: NOW_MS,
          etag: `W/"${name}"`,
          from: 'cache',
        });
      }
    });
  });

  it('tell JSONStream from jsonstream', async () => {
    await withDirectory(async (dir) => {
      await look(dir, ['JSONStream']);
      const { asked, answers } = await look(dir, ['JSONStream', 'jsonstream']);
      expect(asked).toEqual(['jsonstream']);
      expect(answers.get(nameOf('JSONStream'))).toMatchObject({ facts: factsOf('JSONStream') });
    });
  });

  it('hold absent names, and nothing about the registry in clear text', async () => {
    await withDirectory(async (dir) => {
      const registry = { ...REGISTRY, url: 'https://ada:s3cret@hidden.example.test/' };
      const store = createDiskStore(dir, TEST_KEY);
      const inner = recorder(absent);
      await cached(inner, store).lookup(queriesFor(FEW, registry), contextAt(NOW_MS));
      await store.flush();
      await cached(inner, createDiskStore(dir, TEST_KEY)).lookup(
        queriesFor(FEW, registry),
        contextAt(NOW_MS),
      );
      expect(inner.asked).toHaveLength(FEW.length);
      for (const file of await filesIn(dir))
        expect(await readFile(file, 'utf8')).not.toMatch(/s3cret|hidden/);
    });
  });

  it('are refreshed a day later, in the records and in the aggregated one', async () => {
    await withDirectory(async (dir) => {
      await look(dir, MANY);
      const { queries } = await look(dir, MANY, NOW_MS + DAY_MS);
      expect(queries).toHaveLength(MANY.length);
      expect(queries.every(({ previous }) => previous?.fetchedAtMs === NOW_MS)).toBe(true);
      expect((await look(dir, MANY, NOW_MS + DAY_MS + 1)).asked).toEqual([]);
      expect((await look(dir, FEW, NOW_MS + DAY_MS + 1)).asked).toEqual([]);
    });
  });

  it('create nothing before there is something to keep', async () => {
    await withDirectory(async (dir) => {
      const store = createDiskStore(join(dir, 'deep', 'cache'), TEST_KEY);
      expect(await store.load(SPACE, MANY, { nowMs: NOW_MS, accepts: () => true })).toEqual(new Map());
      expect(await store.load(SPACE, [], { nowMs: NOW_MS, accepts: () => true })).toEqual(new Map());
      store.save(SPACE, new Map(), NOW_MS);
      await store.flush();
      expect(await readdir(dir)).toEqual([]);
    });
  });

  it.skipIf(process.platform === 'win32')('are kept in a directory for this user alone', async () => {
    await withDirectory(async (dir) => {
      const cacheDir = join(dir, 'deep', 'cache');
      await look(cacheDir, FEW);
      for (const created of [join(dir, 'deep'), cacheDir, join(cacheDir, 'facts-v3')]) {
        expect((await stat(created)).mode & 0o777).toBe(0o700);
      }
      expect(await readFile(join(cacheDir, 'facts-v3', 'CACHEDIR.TAG'), 'utf8')).toMatch(
        /^Signature: 8a477f597d28d172/,
      );
    });
  });
});

describe('the aggregated record', () => {
  const readTable = async (dir: string) => {
    const { data } = await cacache.get(join(dir, 'facts-v3'), aggregateKey(SPACE));
    return decodeTable(data.toString(), SPACE) ?? new Map();
  };

  it('is rebuilt from the records without a request when it is gone', async () => {
    await withDirectory(async (dir) => {
      await look(dir, MANY);
      await rm(bucketOf(dir, aggregateKey(SPACE)));
      const { asked, answers } = await look(dir, MANY, NOW_MS + 1);
      expect(asked).toEqual([]);
      expect(answers.size).toBe(MANY.length);
      expect((await readTable(dir)).size).toBe(MANY.length);
    });
  });

  it('takes back what another process overwrote, the fresher record winning', async () => {
    await withDirectory(async (dir) => {
      const storeDir = join(dir, 'facts-v3');
      await look(dir, MANY);
      const before = await cacache.get(storeDir, aggregateKey(SPACE));
      await look(dir, MANY, NOW_MS + DAY_MS);
      await cacache.put(storeDir, aggregateKey(SPACE), before.data, { metadata: before.metadata });
      expect((await look(dir, MANY, NOW_MS + DAY_MS + 1)).asked).toEqual([]);
      const rows = [...(await readTable(dir)).values()];
      expect(rows.every(({ fetchedAtMs }) => fetchedAtMs === NOW_MS + DAY_MS)).toBe(true);
    });
  });

  it('takes in small lookups with the next large one', async () => {
    await withDirectory(async (dir) => {
      await look(dir, FEW);
      await expect(readTable(dir)).rejects.toMatchObject({ code: 'ENOENT' });
      expect((await look(dir, MANY)).asked).toEqual(MANY.slice(FEW.length));
      expect((await readTable(dir)).size).toBe(MANY.length);
    });
  });

  it('leaves neither old content nor a growing index file behind', async () => {
    await withDirectory(async (dir) => {
      for (let day = 0; day < 33; day++) await look(dir, namesOf(9, `zq-${day}-`), NOW_MS + day);
      const lines = (await readFile(bucketOf(dir, aggregateKey(SPACE)), 'utf8')).split('\n').filter(Boolean);
      expect(lines.length).toBeLessThan(4);
      expect(await filesIn(join(dir, 'facts-v3', 'content-v2'))).toHaveLength(33 + 1);
      expect((await readTable(dir)).size).toBe(33 * 9);
    });
  });

  it('drops the oldest names with their records when it is full', async () => {
    await withDirectory(async (dir) => {
      await look(dir, MANY);
      const store = createDiskStore(dir, TEST_KEY);
      const { data } = await cacache.get(join(dir, 'facts-v3'), aggregateKey(SPACE));
      const rows = namesOf(MAX_AGGREGATE_NAMES, 'zq-other-').map(
        (name) => `${name} ${NOW_MS + 1} [null,null]`,
      );
      const full = [data.toString(), ...rows].join('\n');
      await putAsOurs(dir, aggregateKey(SPACE), full, {});
      store.save(
        SPACE,
        new Map(
          namesOf(9, 'zq-new-').map((name) => [name, { fetchedAtMs: NOW_MS + 2, etag: null, facts: null }]),
        ),
        NOW_MS,
      );
      await store.flush();
      expect(store.problems()).toEqual([]);
      expect((await readTable(dir)).size).toBe(MAX_AGGREGATE_NAMES);
      await expect(stat(recordBucketOf(dir, String(MANY[0])))).rejects.toMatchObject({ code: 'ENOENT' });
    });
  });
});

describe('a cache that cannot be used', () => {
  const dirStateOf = async (dir: string) => {
    const { answers, asked, problems } = await look(dir, FEW);
    expect([...answers.values()].every(({ kind }) => kind === 'found')).toBe(true);
    expect(asked).toEqual(FEW);
    return problems.map(({ code }) => code);
  };

  it('leaves the lookup alone when the path leads through a file', async () => {
    await withDirectory(async (dir) => {
      await writeFile(join(dir, 'file'), '');
      expect(await dirStateOf(join(dir, 'file'))).toEqual(['CACHE_UNTRUSTED']);
    });
  });

  it('leaves the lookup alone when its folder is a link or a file', async () => {
    await withDirectory(async (dir) => {
      await mkdir(join(dir, 'elsewhere'));
      await symlink(join(dir, 'elsewhere'), join(dir, 'facts-v3'));
      expect(await dirStateOf(dir)).toEqual(['CACHE_UNTRUSTED']);
      expect(await readdir(join(dir, 'elsewhere'))).toEqual([]);
    });
  });

  it.skipIf(process.platform === 'win32')('is not trusted when others can write to it', async () => {
    await withDirectory(async (dir) => {
      await look(dir, FEW);
      await chmod(join(dir, 'facts-v3'), 0o777);
      expect(await dirStateOf(dir)).toEqual(['CACHE_UNTRUSTED']);
    });
  });

  it.runIf(process.getuid?.() === 0)('is not trusted when it belongs to another user', async () => {
    await withDirectory(async (dir) => {
      await look(dir, FEW);
      await chown(join(dir, 'facts-v3'), 12_345, 12_345);
      expect(await dirStateOf(dir)).toEqual(['CACHE_UNTRUSTED']);
    });
  });

  it('says once that it cannot be written, and goes on', async () => {
    await withDirectory(async (dir) => {
      await mkdir(join(dir, 'facts-v3'), { mode: 0o700 });
      await writeFile(join(dir, 'facts-v3', 'tmp'), 'in the way');
      const store = createDiskStore(dir, TEST_KEY);
      const source = cached(recorder(), store);
      await source.lookup(queriesFor(MANY), contextAt(NOW_MS));
      await source.lookup(queriesFor(namesOf(9, 'zq-more-')), contextAt(NOW_MS));
      await store.flush();
      expect(store.problems()).toMatchObject([
        { code: 'CACHE_UNWRITABLE', message: expect.stringContaining(dir) },
      ]);
    });
  });

  it('says that it cannot be created', async () => {
    await withDirectory(async (dir) => {
      await symlink(join(dir, 'nowhere', 'at-all'), join(dir, 'cache'));
      const { problems } = await look(join(dir, 'cache'), FEW);
      expect(problems).toMatchObject([{ code: 'CACHE_UNWRITABLE' }]);
    });
  });

  it('says when a link stands in the way, and takes it for a miss', async () => {
    await withDirectory(async (dir) => {
      const keys = [aggregateKey(SPACE), ...MANY.map((name) => recordKey(SPACE, nameOf(name)))];
      for (const bucket of keys.map((key) => bucketOf(dir, key))) {
        await mkdir(dirname(bucket), { recursive: true });
        await symlink('/proc/self/mem', bucket);
      }
      const faults: string[] = [];
      const { facts } = await readFacts(
        openCache(join(dir, 'facts-v3'), bytesOf(TEST_KEY)),
        SPACE,
        MANY.map(nameOf),
        {
          nowMs: NOW_MS,
          accepts: () => true,
          onFault: (code) => faults.push(code),
        },
      );
      expect(facts.size).toBe(0);
      expect(new Set(faults)).toEqual(new Set(['ELOOP']));
    });
  });

  it('removes what killed writers left after an hour, and nothing younger', async () => {
    await withDirectory(async (dir) => {
      await look(dir, FEW);
      const tmp = join(dir, 'facts-v3', 'tmp');
      await writeFile(join(tmp, 'old'), 'x');
      await writeFile(join(tmp, 'young'), 'x');
      await utimes(join(tmp, 'old'), 1, (NOW_MS - 61 * 60_000) / 1000);
      await utimes(join(tmp, 'young'), 1, (NOW_MS - 59 * 60_000) / 1000);
      await look(dir, namesOf(1, 'zq-next-'));
      expect(await readdir(tmp)).toEqual(['young']);
      expect(readCacheStats(dir).spaces).toMatchObject([{ entries: FEW.length + 1 }]);
    });
  });
});

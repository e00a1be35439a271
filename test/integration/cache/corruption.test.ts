import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import cacache from 'cacache';
import { describe, expect, it } from 'vitest';
import type { CacheKey } from '../../../src/cache/cache-key.js';
import { aggregateKey, recordKey } from '../../../src/cache/fact-space.js';
import { type CorruptionKind, verifyCache } from '../../../src/cache/maintain.js';
import { sealedMetadata } from '../../../src/cache/sealed-entry.js';
import { bytesOf, keyOf, TEST_KEY } from '../../support/cache-keys.js';
import { factsOf, NOW_MS, nameOf, namesOf } from '../../unit/cache/support.js';
import { bucketOf, filesIn, look, putAsOurs, recordBucketOf, SPACE, withDirectory } from './support.js';

const NAME = nameOf('zq-victim');
const KEY = recordKey(SPACE, NAME);
const storeOf = (dir: string) => join(dir, 'facts-v3');

async function contentOf(dir: string, key: string): Promise<string> {
  const entry = await cacache.get.info(storeOf(dir), key);
  if (entry === null) throw new Error(`no entry for ${key}`);
  return entry.path;
}

/** An index line as cacache would accept it. */
function lineOf(entry: unknown): string {
  const json = JSON.stringify(entry);
  return `\n${createHash('sha1').update(json).digest('hex')}\t${json}`;
}

async function putTable(dir: string, row: string, metadata: object = STAMP) {
  const text = `phantom-guard-facts 3 packages ${SPACE.serviceId} x\n${row}`;
  await putAsOurs(dir, KEY, text, metadata);
}

const STAMP = { fetchedAtMs: NOW_MS, etag: null };

async function integrityOf(dir: string): Promise<string> {
  return (await cacache.get.info(storeOf(dir), KEY))?.integrity ?? '';
}

/** An index line as the holder of a key would write it. */
function sealedLine(holder: CacheKey, integrity: string, key = KEY): string {
  const metadata = sealedMetadata(bytesOf(holder), { key, integrity, metadata: STAMP });
  return lineOf({ key, integrity, metadata });
}

const FACTS = JSON.stringify([null, Object.values(factsOf(NAME))]);

type Case = readonly [string, CorruptionKind, (dir: string) => Promise<unknown>];
const CASES: readonly Case[] = [
  [
    'an index file of garbage',
    'index-line',
    (dir) => writeFile(recordBucketOf(dir, NAME), 'garbage\ttext\nmore'),
  ],
  ['a truncated index file', 'index-line', (dir) => truncate(recordBucketOf(dir, NAME), 100)],
  [
    'an index line without an entry',
    'index-line',
    (dir) => writeFile(recordBucketOf(dir, NAME), lineOf('text') + lineOf({ key: 7 })),
  ],
  [
    'a folder in place of an index file',
    'index-file',
    async (dir) => {
      await rm(recordBucketOf(dir, NAME));
      await mkdir(recordBucketOf(dir, NAME));
      await writeFile(join(recordBucketOf(dir, NAME), 'x'), 'x');
    },
  ],
  [
    'a dangling link in place of an index file',
    'index-file',
    async (dir) => {
      await rm(recordBucketOf(dir, NAME));
      await symlink('/nowhere/at/all', recordBucketOf(dir, NAME));
    },
  ],
  [
    'an index file of another name',
    'misplaced',
    async (dir) => {
      await look(dir, ['zq-other']);
      await rename(recordBucketOf(dir, 'zq-other'), recordBucketOf(dir, NAME));
    },
  ],
  [
    'an integrity that is none',
    'content-missing',
    (dir) => writeFile(recordBucketOf(dir, NAME), sealedLine(TEST_KEY, 'junk')),
  ],
  [
    'an entry without a seal',
    'forged',
    async (dir) =>
      writeFile(
        recordBucketOf(dir, NAME),
        lineOf({ key: KEY, integrity: await integrityOf(dir), metadata: STAMP }),
      ),
  ],
  [
    'an entry that is sealed with another key',
    'forged',
    async (dir) => writeFile(recordBucketOf(dir, NAME), sealedLine(keyOf('another'), await integrityOf(dir))),
  ],
  [
    'an entry whose fetch time was moved',
    'forged',
    async (dir) => {
      const line = await readFile(recordBucketOf(dir, NAME), 'utf8');
      const entry = JSON.parse(line.slice(line.indexOf('	')));
      entry.metadata.fetchedAtMs += 1;
      await writeFile(recordBucketOf(dir, NAME), lineOf(entry));
    },
  ],
  ['content that is gone', 'content-missing', async (dir) => rm(await contentOf(dir, KEY))],
  ['truncated content', 'content-corrupt', async (dir) => truncate(await contentOf(dir, KEY), 60)],
  [
    'rewritten content',
    'content-corrupt',
    async (dir) => {
      const path = await contentOf(dir, KEY);
      await writeFile(path, (await readFile(path, 'utf8')).replace('1.2.3', '9.9.9'));
    },
  ],
  [
    'a folder in place of content',
    'content-corrupt',
    async (dir) => {
      const path = await contentOf(dir, KEY);
      await rm(path);
      await mkdir(path);
    },
  ],
  [
    'content that is no table',
    'undecodable',
    (dir) => putAsOurs(dir, KEY, '{"facts":1}', { fetchedAtMs: NOW_MS }),
  ],
  [
    'content of a newer format',
    'undecodable',
    (dir) =>
      putAsOurs(dir, KEY, `phantom-guard-facts 4 packages ${SPACE.serviceId} x\n${NAME} ${NOW_MS} ${FACTS}`, {
        fetchedAtMs: NOW_MS,
      }),
  ],
  ['content without the name', 'undecodable', (dir) => putTable(dir, `zq-other ${NOW_MS} ${FACTS}`)],
  ['facts that are none', 'undecodable', (dir) => putTable(dir, `${NAME} ${NOW_MS} [null,[1,2]]`)],
  ['facts of another fetch', 'undecodable', (dir) => putTable(dir, `${NAME} ${NOW_MS - 1} ${FACTS}`)],
  ['metadata that is none', 'undecodable', (dir) => putTable(dir, `${NAME} ${NOW_MS} ${FACTS}`, {})],
  [
    'a fetch time of the wrong type',
    'undecodable',
    (dir) => putTable(dir, `${NAME} ${NOW_MS} ${FACTS}`, { fetchedAtMs: String(NOW_MS) }),
  ],
  [
    'a fetch time in the future',
    'from-future',
    (dir) => putTable(dir, `${NAME} ${NOW_MS * 2} ${FACTS}`, { fetchedAtMs: NOW_MS * 2, etag: null }),
  ],
];

describe.each(CASES)('%s', (_, problem, damage) => {
  it('is a miss, is reported by verify and removed, and the name can be stored again', async () => {
    await withDirectory(async (dir) => {
      await look(dir, [NAME]);
      await damage(dir);
      const verified = await verifyCache(dir, NOW_MS, TEST_KEY);
      expect(verified.corrupt.map((entry) => entry.problem)).toContain(problem);
      expect(verified.corrupt.every((entry) => entry.removed)).toBe(true);
      expect((await verifyCache(dir, NOW_MS, TEST_KEY)).corrupt).toEqual([]);
      expect((await look(dir, [NAME])).asked).toEqual([NAME]);
      expect((await look(dir, [NAME])).asked).toEqual([]);
    });
  });

  it('is a miss when nobody verified the cache', async () => {
    await withDirectory(async (dir) => {
      await look(dir, [NAME]);
      await damage(dir);
      const { asked, answers } = await look(dir, [NAME]);
      expect(asked).toEqual([NAME]);
      expect(answers.get(NAME)).toMatchObject({ facts: factsOf(NAME), from: 'registry' });
    });
  });
});

describe('a damaged aggregated record', () => {
  const MANY = namesOf(30);
  const key = aggregateKey(SPACE);

  it.each<[string, CorruptionKind, (dir: string) => Promise<unknown>]>([
    ['truncated', 'content-corrupt', async (dir) => truncate(await contentOf(dir, key), 200)],
    ['gone', 'content-missing', async (dir) => rm(await contentOf(dir, key))],
    ['foreign', 'undecodable', (dir) => putAsOurs(dir, key, 'foreign', {})],
    [
      'with an integrity that is none',
      'content-missing',
      (dir) => writeFile(bucketOf(dir, key), sealedLine(TEST_KEY, 'junk', key)),
    ],
    [
      'with a broken index line',
      'index-line',
      (dir) => writeFile(bucketOf(dir, key), '\nbroken', { flag: 'a' }),
    ],
  ])('(%s) is reported, and the records stand in for it without a request', async (_, problem, damage) => {
    await withDirectory(async (dir) => {
      await look(dir, MANY);
      await damage(dir);
      const { asked, answers, problems } = await look(dir, MANY, NOW_MS + 1);
      expect(asked).toEqual([]);
      expect([...answers.keys()]).toHaveLength(MANY.length);
      expect(problems).toEqual([]);
      await damage(dir);
      expect((await verifyCache(dir, NOW_MS, TEST_KEY)).corrupt).toMatchObject([
        { key, problem, removed: true },
      ]);
      expect((await look(dir, MANY, NOW_MS + 2)).asked).toEqual([]);
    });
  });
});

describe('a row of junk in the aggregated record', () => {
  it('is a miss for its name alone, and is reported', async () => {
    await withDirectory(async (dir) => {
      const names = namesOf(30);
      await look(dir, names);
      const header = `phantom-guard-facts 3 packages ${SPACE.serviceId} x`;
      const table = `${header}\n${names[0]} ${NOW_MS} [null,[1]]`;
      await putAsOurs(dir, aggregateKey(SPACE), table, {});
      expect((await verifyCache(dir, NOW_MS, TEST_KEY)).corrupt).toMatchObject([{ problem: 'undecodable' }]);
      await putAsOurs(dir, aggregateKey(SPACE), table, {});
      expect((await look(dir, names)).asked).toEqual([names[0]]);
    });
  });
});

describe('verify', () => {
  it('reports entries of other tools and formats', async () => {
    await withDirectory(async (dir) => {
      await look(dir, [NAME]);
      await cacache.put(storeOf(dir), 'make-fetch-happen:request-cache:https://a.example.test/', 'x');
      await cacache.put(storeOf(dir), KEY.replace(':v3:', ':v4:'), 'x');
      const { corrupt, checked } = await verifyCache(dir, NOW_MS, TEST_KEY);
      expect(checked).toBe(3);
      expect(corrupt.map(({ problem }) => problem)).toEqual(['foreign', 'foreign']);
      expect((await look(dir, [NAME])).asked).toEqual([]);
    });
  });

  it('keeps the sound entry of an index file with a broken line', async () => {
    await withDirectory(async (dir) => {
      await look(dir, [NAME]);
      await writeFile(recordBucketOf(dir, NAME), '\nbroken\tline', { flag: 'a' });
      expect((await verifyCache(dir, NOW_MS, TEST_KEY)).corrupt).toMatchObject([
        { key: KEY, problem: 'index-line' },
      ]);
      expect((await look(dir, [NAME])).asked).toEqual([]);
      expect((await verifyCache(dir, NOW_MS, TEST_KEY)).corrupt).toEqual([]);
    });
  });

  it('takes an oversized index file for a broken one', async () => {
    await withDirectory(async (dir) => {
      await look(dir, [NAME]);
      await writeFile(recordBucketOf(dir, NAME), 'x'.repeat(1024 * 1024 + 1));
      expect((await verifyCache(dir, NOW_MS, TEST_KEY)).corrupt).toMatchObject([
        { key: null, problem: 'index-file' },
      ]);
    });
  });

  it('removes expired entries and, later, the content that nothing points to', async () => {
    await withDirectory(async (dir) => {
      await look(dir, [NAME]);
      const later = NOW_MS + 30 * 24 * 60 * 60_000 + 1;
      expect(await verifyCache(dir, later, TEST_KEY)).toMatchObject({ checked: 1, corrupt: [], expired: 1 });
      const inAnHour = Date.now() + 61 * 60_000;
      expect(await verifyCache(dir, inAnHour, TEST_KEY)).toMatchObject({ checked: 0, leftovers: 1 });
      expect(await filesIn(join(storeOf(dir), 'content-v2'))).toEqual([]);
    });
  });

  it('leaves young content alone, which a writer may be about to point to', async () => {
    await withDirectory(async (dir) => {
      await look(dir, [NAME]);
      await rm(recordBucketOf(dir, NAME));
      expect(await verifyCache(dir, Date.now(), TEST_KEY)).toMatchObject({
        checked: 0,
        corrupt: [],
        leftovers: 0,
      });
      expect(dirname(storeOf(dir))).toBe(dir);
    });
  });
});

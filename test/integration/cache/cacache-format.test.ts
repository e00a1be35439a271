import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import cacache from 'cacache';
import { describe, expect, it } from 'vitest';
import { findEntry } from '../../../src/cache/find-entry.js';
import { openCache } from '../../../src/cache/load-cacache.js';
import { readContent } from '../../../src/cache/read-content.js';
import { bytesOf, TEST_KEY } from '../../support/cache-keys.js';
import { bucketOf, withDirectory } from './support.js';

const MAX_BYTES = 1024 * 1024;
const versions = createRequire(import.meta.url)('cacache/package.json')['cache-version'];

/** What both readers say of a key, and of the content that it leads to. */
async function bothReaders(storeDir: string, key: string) {
  const theirs = await cacache.get.info(storeDir, key);
  const ours = findEntry(storeDir, key);
  const content =
    ours === null ? null : await readContent(openCache(storeDir, bytesOf(TEST_KEY)), ours, MAX_BYTES);
  return {
    ours: ours && { ...ours, content },
    theirs: theirs && {
      key,
      integrity: theirs.integrity,
      size: theirs.size ?? null,
      metadata: theirs.metadata,
      content: String((await cacache.get(storeDir, key)).data),
    },
  };
}

async function inStore(work: (storeDir: string, dir: string) => Promise<void>): Promise<void> {
  await withDirectory(async (dir) => work(join(dir, 'facts-v3'), dir));
}

describe('what cacache has written', () => {
  it('is where we look for it', () => {
    expect(versions).toEqual({ index: '5', content: '2' });
  });

  it('is read as cacache reads it', async () => {
    await inStore(async (storeDir) => {
      await cacache.put(storeDir, 'a:b', 'first', { metadata: { n: 1 } });
      await cacache.put(storeDir, 'a:b', 'second ü', { metadata: { n: 2 } });
      await cacache.put(storeDir, 'c', '');
      await cacache.index.insert(storeDir, 'd', String(await cacache.put(storeDir, 'e', 'shared')), {});
      for (const key of ['a:b', 'c', 'd', 'e']) {
        const { ours, theirs } = await bothReaders(storeDir, key);
        expect(ours).not.toBeNull();
        expect(ours).toEqual(theirs);
      }
    });
  });

  it.each([
    ['nothing was ever written', () => Promise.resolve()],
    ['the entry was taken back', async (storeDir: string) => void (await cacache.rm.entry(storeDir, 'k'))],
    ['the index is gone', async (storeDir: string) => void (await cacache.rm.all(storeDir))],
  ])('is nothing where %s', async (name, change) => {
    await inStore(async (storeDir) => {
      if (!name.startsWith('nothing')) await cacache.put(storeDir, 'k', 'text');
      await change(storeDir);
      expect(await bothReaders(storeDir, 'k')).toEqual({ ours: null, theirs: null });
    });
  });

  it.each([
    ['a torn line at the end', (text: string) => `${text}\n0123456789`],
    ['a line whose checksum fails', (text: string) => `${text}${text.replace('text', 'tEXt')}`],
    ['a line of another key', (text: string) => `${text}\n5f5c\t{"key":"other"}`],
    ['an empty line', (text: string) => `${text}\n\n`],
    ['no line before it', (text: string) => text.trimStart()],
  ])('counts beside %s', async (_, change) => {
    await inStore(async (storeDir, dir) => {
      await cacache.put(storeDir, 'k', 'text', { metadata: { note: 'text' } });
      const bucket = bucketOf(dir, 'k');
      await writeFile(bucket, change(await readFile(bucket, 'utf8')));
      const { ours, theirs } = await bothReaders(storeDir, 'k');
      expect(ours).toMatchObject({ key: 'k', content: 'text' });
      expect(ours).toEqual(theirs);
    });
  });

  it('is an error where it was changed, and is removed', async () => {
    await inStore(async (storeDir) => {
      const integrity = String(await cacache.put(storeDir, 'k', 'text'));
      const { path } = (await cacache.get.info(storeDir, 'k')) ?? { path: '' };
      await appendFile(path, 'more');
      const reading = readContent(openCache(storeDir, bytesOf(TEST_KEY)), { integrity }, MAX_BYTES);
      await expect(reading).rejects.toMatchObject({ code: 'EINTEGRITY' });
      expect(await readContent(openCache(storeDir, bytesOf(TEST_KEY)), { integrity }, MAX_BYTES)).toBeNull();
    });
  });

  it('is nothing where it is missing, too large, or no digest that cacache writes', async () => {
    await inStore(async (storeDir) => {
      const integrity = String(await cacache.put(storeDir, 'k', 'text'));
      expect(await readContent(openCache(storeDir, bytesOf(TEST_KEY)), { integrity }, 3)).toBeNull();
      expect(
        await readContent(openCache(storeDir, bytesOf(TEST_KEY)), { integrity: 'sha512-../../x' }, MAX_BYTES),
      ).toBeNull();
      await rm(join(storeDir, 'content-v2'), { recursive: true });
      expect(await readContent(openCache(storeDir, bytesOf(TEST_KEY)), { integrity }, MAX_BYTES)).toBeNull();
    });
  });

  it('is an error where something else stands in its place', async () => {
    await inStore(async (storeDir, dir) => {
      await mkdir(bucketOf(dir, 'k'), { recursive: true });
      expect(() => findEntry(storeDir, 'k')).toThrow('EISDIR');
      await rm(dirname(bucketOf(dir, 'k')), { recursive: true });
      await writeFile(dirname(bucketOf(dir, 'k')), '');
      expect(() => findEntry(storeDir, 'k')).toThrow('ENOTDIR');
    });
  });
});

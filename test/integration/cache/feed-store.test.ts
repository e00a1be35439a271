import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFeedStore } from '../../../src/cache/feed-store.js';
import { TEST_KEY } from '../../support/cache-keys.js';

const URL_A = 'http://127.0.0.1:1/a.json';
const NOW_MS = Date.UTC(2026, 5, 1);
const FEED = { fetchedAtMs: NOW_MS, etag: '"v1"', text: 'one' };
const temporary = () => mkdtempSync(path.join(tmpdir(), 'phantom-guard-feeds-'));

describe('the store of feeds', () => {
  it('gives back what was kept, for each URL of its own', async () => {
    const store = createFeedStore(temporary(), TEST_KEY);
    expect(await store.load(URL_A, NOW_MS)).toBeNull();
    await store.save(URL_A, FEED, 1);
    expect(await store.load(URL_A, NOW_MS)).toEqual(FEED);
    expect(await store.load('http://127.0.0.1:1/b.json', NOW_MS)).toBeNull();
    expect(store.problems()).toEqual([]);
  });

  it('replaces a feed, and keeps nothing of the one before', async () => {
    const dir = temporary();
    const store = createFeedStore(dir, TEST_KEY);
    await store.save(URL_A, FEED, 1);
    await store.save(URL_A, { ...FEED, etag: 'not\nsendable', text: 'two' }, 1);
    expect(await store.load(URL_A, NOW_MS)).toEqual({ ...FEED, etag: null, text: 'two' });
    const contents = readdirSync(path.join(dir, 'facts-v3', 'content-v2'), {
      recursive: true,
      withFileTypes: true,
    });
    expect(contents.filter((entry) => entry.isFile()).length).toBe(1);
  });

  it('renews the day of a feed, and its text stays', async () => {
    const store = createFeedStore(temporary(), TEST_KEY);
    await store.save(URL_A, FEED, 1);
    await store.renew(URL_A, { fetchedAtMs: NOW_MS + 1, etag: '"v2"' });
    expect(await store.load(URL_A, NOW_MS + 1)).toEqual({
      text: 'one',
      fetchedAtMs: NOW_MS + 1,
      etag: '"v2"',
    });
  });

  it('does not make a feed of a renewal, and believes none of the future', async () => {
    const store = createFeedStore(temporary(), TEST_KEY);
    await store.renew(URL_A, { fetchedAtMs: NOW_MS, etag: null });
    expect(await store.load(URL_A, NOW_MS)).toBeNull();
    await store.save(URL_A, { ...FEED, fetchedAtMs: NOW_MS + 86_400_000 }, 1);
    expect(await store.load(URL_A, NOW_MS)).toBeNull();
  });

  it('has no feed where the content is damaged', async () => {
    const dir = temporary();
    const store = createFeedStore(dir, TEST_KEY);
    await store.save(URL_A, FEED, 1);
    const folder = path.join(dir, 'facts-v3', 'content-v2');
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = path.join(entry.parentPath, entry.name);
      chmodSync(file, 0o600);
      writeFileSync(file, 'phantom-guard-feed 1 other bytes\n');
    }
    expect(await store.load(URL_A, NOW_MS)).toBeNull();
    expect(store.problems()).toEqual([]);
    await store.save(URL_A, FEED, 1);
    expect(await store.load(URL_A, NOW_MS)).toEqual(FEED);
  });

  it('says once that it can not write, and goes on', async () => {
    const file = path.join(temporary(), 'file');
    writeFileSync(file, '');
    const store = createFeedStore(file, TEST_KEY);
    await store.save(URL_A, FEED, 1);
    await store.renew(URL_A, FEED);
    expect(await store.load(URL_A, NOW_MS)).toBeNull();
    expect(store.problems()).toMatchObject([{ code: 'CACHE_UNTRUSTED' }]);
  });

  it('tells what stands in the way of the disk', async () => {
    const dir = temporary();
    await createFeedStore(dir, TEST_KEY).save(URL_A, FEED, 1);
    const index = path.join(dir, 'facts-v3', 'index-v5');
    rmSync(index, { recursive: true });
    writeFileSync(index, '');
    const store = createFeedStore(dir, TEST_KEY);
    await store.save(URL_A, FEED, 1);
    expect(store.problems()).toMatchObject([
      { code: 'CACHE_UNWRITABLE', message: expect.stringContaining('(ENOTDIR)') },
    ]);
    expect(await store.load(URL_A, NOW_MS)).toBeNull();
  });
});

import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { feedKey } from '../../../src/cache/feed-key.js';
import { clearCache, readCacheStats, verifyCache } from '../../../src/cache/maintain.js';
import { TEST_KEY } from '../../support/cache-keys.js';
import { osv } from '../../unit/feeds/support.js';
import { bucketOf, filesIn, withDirectory } from '../cache/support.js';
import { DAY_MS, type FeedServer, HOUR_MS, load, NOW_MS, sends, startFeedServer } from './support.js';

let server: FeedServer | null = null;
afterEach(() => server?.close());

/** Fetches a feed of two entries into the cache. */
async function fetched(cacheDir: string): Promise<string> {
  server = await startFeedServer(sends(JSON.stringify([osv('zq-a'), osv('zq-b')]), { etag: '"v1"' }));
  expect((await load([server.url], { cacheDir })).sources).toHaveLength(1);
  return `${server.url}/`;
}

const contentsIn = async (dir: string) =>
  (await filesIn(join(dir, 'facts-v3'))).filter((file) => file.includes('content-v'));

describe('the commands of the cache', () => {
  it('count a feed, find it sound, and clear it', async () => {
    await withDirectory(async (dir) => {
      await fetched(dir);
      expect(readCacheStats(dir).spaces).toEqual([
        {
          kind: 'feeds',
          serviceId: expect.stringMatching(/^[0-9a-f]{16}$/),
          entries: 2,
          aggregated: 0,
          oldestFetchAtMs: NOW_MS,
          newestFetchAtMs: NOW_MS,
        },
      ]);
      expect(await verifyCache(dir, NOW_MS, TEST_KEY)).toMatchObject({
        checked: 1,
        corrupt: [],
        expired: 0,
        leftovers: 0,
      });
      expect((await load([server?.url ?? ''], { cacheDir: dir })).sources).toMatchObject([{ from: 'cache' }]);
      expect((await clearCache(dir)).removed).toBe(true);
      expect(readCacheStats(dir).spaces).toEqual([]);
    });
  });

  it('remove a feed that is too old, from the future, or damaged', async () => {
    await withDirectory(async (dir) => {
      await fetched(dir);
      expect((await verifyCache(dir, NOW_MS + 30 * DAY_MS, TEST_KEY)).expired).toBe(0);
      expect((await verifyCache(dir, NOW_MS + 31 * DAY_MS, TEST_KEY)).expired).toBe(1);
      await load([server?.url ?? ''], { cacheDir: dir });
      expect((await verifyCache(dir, NOW_MS - DAY_MS, TEST_KEY)).corrupt).toMatchObject([
        { problem: 'from-future' },
      ]);
      await load([server?.url ?? ''], { cacheDir: dir });
      for (const file of await contentsIn(dir)) {
        const bytes = await readFile(file);
        bytes[bytes.length - 1] = 0x20;
        await chmod(file, 0o600);
        await writeFile(file, bytes);
      }
      expect((await verifyCache(dir, NOW_MS, TEST_KEY)).corrupt).toMatchObject([
        { problem: 'content-corrupt' },
      ]);
    });
  });
});

describe('the store of feeds', () => {
  it('fetches anew what is damaged', async () => {
    await withDirectory(async (dir) => {
      const url = await fetched(dir);
      for (const file of await contentsIn(dir)) {
        await chmod(file, 0o600);
        await writeFile(file, 'phantom-guard-feed 1 x\n');
      }
      expect((await load([url], { cacheDir: dir })).sources).toMatchObject([{ from: 'network', entries: 2 }]);
      expect((await load([url], { cacheDir: dir })).sources).toMatchObject([{ from: 'cache' }]);
    });
  });

  it('keeps one content and one line for a feed, and shows nothing of its URL', async () => {
    await withDirectory(async (dir) => {
      const url = await fetched(dir);
      for (let hour = 1; hour < 5; hour++) {
        if (server !== null && hour % 2 === 0)
          server.answer = sends(JSON.stringify([osv('zq-a'), osv('zq-b')]));
        await load([url], { cacheDir: dir, nowMs: NOW_MS + hour * HOUR_MS });
      }
      expect(await contentsIn(dir)).toHaveLength(1);
      const index = await readFile(bucketOf(dir, feedKey(url)), 'utf8');
      expect(index.trim().split('\n')).toHaveLength(1);
      expect(index).not.toContain(new URL(url).host);
    });
  });

  it('says once when it may not be used, and the feed counts all the same', async () => {
    await withDirectory(async (dir) => {
      const url = await fetched(dir);
      await chmod(join(dir, 'facts-v3'), 0o777);
      const loaded = await load([url, `${url}other`], { cacheDir: dir });
      expect(loaded.sources.map(({ from }) => from)).toEqual(['network', 'network']);
      expect(loaded.notices).toEqual([expect.stringContaining('Other users can write')]);
      await writeFile(join(dir, 'file'), '');
      const blocked = await load([url], { cacheDir: join(dir, 'file') });
      expect(blocked.sources).toHaveLength(1);
      expect(blocked.notices).toHaveLength(1);
    });
  });
});

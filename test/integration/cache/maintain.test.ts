import { chmod, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import cacache from 'cacache';
import { describe, expect, it } from 'vitest';
import { createDiskStore } from '../../../src/cache/disk-store.js';
import { clearCache, readCacheStats, verifyCache } from '../../../src/cache/maintain.js';
import { walkIndex } from '../../../src/cache/walk-index.js';
import { TEST_KEY } from '../../support/cache-keys.js';
import { cached, contextAt, NOW_MS, namesOf, queriesFor, recorder } from '../../unit/cache/support.js';
import { filesIn, look, SPACE, withDirectory } from './support.js';

const MANY = namesOf(20);

describe('the directory of the cache', () => {
  it('may be missing for every command', async () => {
    await withDirectory(async (dir) => {
      const missing = join(dir, 'none');
      expect(readCacheStats(missing)).toEqual({ dir: missing, spaces: [], files: 0, bytes: 0 });
      expect(await verifyCache(missing, NOW_MS, TEST_KEY)).toMatchObject({ checked: 0, corrupt: [] });
      expect(await clearCache(missing)).toEqual({ dir: missing, removed: false, kept: [] });
      expect(await readdir(dir)).toEqual([]);
    });
  });

  it('is refused by every command when its folder is a link', async () => {
    await withDirectory(async (dir) => {
      await look(join(dir, 'real'), MANY);
      await mkdir(join(dir, 'fake'));
      await symlink(join(dir, 'real', 'facts-v3'), join(dir, 'fake', 'facts-v3'));
      const files = await filesIn(join(dir, 'real'));
      for (const command of [readCacheStats, (at: string) => verifyCache(at, NOW_MS, TEST_KEY), clearCache]) {
        const running = async () => await command(join(dir, 'fake'));
        await expect(running()).rejects.toMatchObject({ code: 'CACHE_UNUSABLE' });
      }
      expect(await filesIn(join(dir, 'real'))).toEqual(files);
    });
  });
});

describe('stats', () => {
  it('count entries by kind and service, with the oldest and newest fetch', async () => {
    await withDirectory(async (dir) => {
      await look(dir, MANY);
      await look(dir, ['zq-late'], NOW_MS + 7);
      const store = createDiskStore(dir, TEST_KEY);
      await cached(recorder(), store, { serviceUrl: 'https://other.example.test/' }).lookup(
        queriesFor(['a']),
        contextAt(NOW_MS),
      );
      await store.flush();
      await cacache.put(join(dir, 'facts-v3'), 'foreign', 'x');
      const { spaces, files, bytes } = readCacheStats(dir);
      expect(spaces).toHaveLength(2);
      expect(spaces.find(({ serviceId }) => serviceId === SPACE.serviceId)).toEqual({
        kind: 'packages',
        serviceId: SPACE.serviceId,
        entries: MANY.length + 1,
        aggregated: MANY.length,
        oldestFetchAtMs: NOW_MS,
        newestFetchAtMs: NOW_MS + 7,
      });
      expect(files).toBe((await filesIn(dir)).length);
      expect(bytes).toBeGreaterThan(MANY.length * 100);
    });
  });

  it('see the same entries as cacache', async () => {
    await withDirectory(async (dir) => {
      await look(dir, MANY);
      const ours = [...walkIndex(join(dir, 'facts-v3'))].flatMap(({ entries }) =>
        entries.map(({ key }) => key),
      );
      expect(ours.sort()).toEqual(Object.keys(await cacache.ls(join(dir, 'facts-v3'))).sort());
    });
  });
});

describe('clear', () => {
  it('removes the cache and leaves the rest of the directory', async () => {
    await withDirectory(async (dir) => {
      await look(dir, MANY);
      await writeFile(join(dir, 'notes.txt'), 'mine');
      expect(await clearCache(dir)).toEqual({ dir, removed: true, kept: [] });
      expect((await readdir(dir)).sort()).toEqual(['facts-v3', 'notes.txt']);
      expect(await readdir(join(dir, 'facts-v3'))).toEqual(['CACHEDIR.TAG']);
      expect((await clearCache(dir)).removed).toBe(false);
      expect((await look(dir, MANY)).asked).toEqual(MANY);
    });
  });

  it('keeps what it did not put there and does not follow links', async () => {
    await withDirectory(async (dir) => {
      const storeDir = join(dir, 'facts-v3');
      await look(dir, MANY);
      await mkdir(join(dir, 'outside'));
      await writeFile(join(dir, 'outside', 'file'), 'mine');
      await symlink(join(dir, 'outside'), join(storeDir, 'content-v9'));
      await symlink(join(dir, 'outside'), join(storeDir, 'content-v2', 'sha512', 'link'));
      await writeFile(join(storeDir, 'notes.txt'), 'mine');
      expect(await clearCache(dir)).toEqual({ dir, removed: true, kept: ['notes.txt'] });
      expect(await readFile(join(dir, 'outside', 'file'), 'utf8')).toBe('mine');
      expect((await readdir(storeDir)).sort()).toEqual(['CACHEDIR.TAG', 'notes.txt']);
    });
  });

  it.each(['missing', 'of another tool'])('refuses a directory whose tag is %s', async (kind) => {
    await withDirectory(async (dir) => {
      await look(dir, MANY);
      const tag = join(dir, 'facts-v3', 'CACHEDIR.TAG');
      await rm(tag);
      if (kind !== 'missing') await writeFile(tag, 'Signature: 8a477f597d28d172789f06886806bc55\n# cargo\n');
      await expect(clearCache(dir)).rejects.toMatchObject({ code: 'CACHE_UNUSABLE' });
      expect((await look(dir, MANY)).asked).toEqual([]);
    });
  });

  it('leaves a cacache of npm alone', async () => {
    await withDirectory(async (dir) => {
      await cacache.put(dir, 'make-fetch-happen:request-cache:x', 'x');
      expect(await clearCache(dir)).toEqual({ dir, removed: false, kept: [] });
      expect((await cacache.get(dir, 'make-fetch-happen:request-cache:x')).data.toString()).toBe('x');
    });
  });

  it.skipIf(process.platform === 'win32')('heals a directory that others could write to', async () => {
    await withDirectory(async (dir) => {
      await look(dir, MANY);
      await chmod(join(dir, 'facts-v3'), 0o777);
      await expect(verifyCache(dir, NOW_MS, TEST_KEY)).rejects.toMatchObject({ code: 'CACHE_UNUSABLE' });
      expect(readCacheStats(dir).spaces).toHaveLength(1);
      await clearCache(dir);
      expect((await look(dir, MANY)).problems).toEqual([]);
      expect((await look(dir, MANY)).asked).toEqual([]);
    });
  });

  it('is harmless to a process that uses the cache meanwhile', async () => {
    await withDirectory(async (dir) => {
      await look(dir, MANY);
      let isDone = false;
      const clearing = (async () => {
        while (!isDone) await clearCache(dir);
      })();
      for (let round = 0; round < 15; round++) {
        const { answers } = await look(dir, namesOf(20, `zq-${round % 3}-`));
        expect([...answers.values()].every(({ kind }) => kind === 'found')).toBe(true);
      }
      isDone = true;
      await clearing;
    });
  });
});

import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type CacheWorld, closeRegistries, openWorld, verdictOf } from './cache-world.js';
import { fill, mountSmallDisk, remountReadOnly, unmountAll } from './small-disk.js';

const NO_MOUNT = 'a disk of its own can be mounted by root only';

afterEach(async () => {
  unmountAll();
  await closeRegistries();
});

async function quietVerdict(at: CacheWorld) {
  return verdictOf((await at.check({ words: ['--no-cache'] })).report);
}

describe('cache', () => {
  it.for([0, 4096, 8192, 16_384, 32_768])(
    'a disk with %i bytes left: a check says what it says without a cache',
    async (left, context) => {
      const disk = mkdtempSync(path.join(tmpdir(), 'zq-disk-'));
      if (!mountSmallDisk(disk)) return context.skip(NO_MOUNT);
      const at = await openWorld(disk);
      const quiet = await quietVerdict(at);
      const free = fill(disk, left);
      const { report, said } = await at.check();
      expect(verdictOf(report)).toEqual(quiet);
      if (left === 0) expect(said).toMatch(/cannot be written/);
      expect(verdictOf((await at.check()).report)).toEqual(quiet);
      free();
      expect(verdictOf((await at.check()).report)).toEqual(quiet);
      expect((await at.check()).said).toBe('');
    },
  );

  it('a disk that became read-only: what was kept counts on', async (context) => {
    const disk = mkdtempSync(path.join(tmpdir(), 'zq-disk-'));
    if (!mountSmallDisk(disk)) return context.skip(NO_MOUNT);
    const at = await openWorld(disk);
    const quiet = await quietVerdict(at);
    await at.check();
    remountReadOnly(disk);
    const asked = at.registry.requests.length;
    expect(verdictOf((await at.check()).report)).toEqual(quiet);
    expect(at.registry.requests.length).toBe(asked);
  });

  it('a disk that was read-only all along: a check says what it says without a cache, and that nothing is kept', async (context) => {
    const disk = mkdtempSync(path.join(tmpdir(), 'zq-disk-'));
    if (!mountSmallDisk(disk)) return context.skip(NO_MOUNT);
    const at = await openWorld(disk);
    remountReadOnly(disk);
    const { report, said } = await at.check();
    expect(verdictOf(report)).toEqual(await quietVerdict(at));
    expect(said).toMatch(/cannot be written/);
  });

  it.for(['full', 'read-only'])(
    'a disk of the key that is %s: nothing is kept, and a check says what it says without a cache',
    async (kind, context) => {
      const at = await openWorld();
      const folder = path.dirname(at.keyFile);
      if (!mountSmallDisk(folder)) return context.skip(NO_MOUNT);
      if (kind === 'full') fill(folder, 0);
      else remountReadOnly(folder);
      const { report, said } = await at.check();
      expect(verdictOf(report)).toEqual(await quietVerdict(at));
      expect(said).toMatch(/cannot be made \((?:ENOSPC|EROFS)\)/);
      expect(readdirSync(folder).filter((name) => name.startsWith('cache.key'))).toEqual([]);
      expect(readdirSync(at.home)).not.toContain('.cache');
    },
  );
});

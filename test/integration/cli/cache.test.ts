import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/main.js';
import { fakeIo } from '../../support/fake-io.js';
import { type FakeRegistry, packument, startFakeRegistry } from '../../support/fake-registry.js';

let registry: FakeRegistry;
beforeAll(async () => {
  registry = await startFakeRegistry({ packages: { 'widget-kit': packument({ name: 'widget-kit' }) } });
});
afterAll(() => registry.close());

/** Every run has a home of its own, and the cache is the same. */
const SECRET = 'zq-no-secret-of-anybody-0123456789';

async function run(words: readonly string[], dir: string) {
  const fake = fakeIo({ cacheSecret: SECRET });
  const { status } = await main([...words, '--cache-dir', dir], fake.io);
  return { status, stdout: fake.stdout(), stderr: fake.stderr() };
}

/** A cache in which one name was kept. */
async function filled(): Promise<string> {
  const dir = mkdtempSync(path.join(tmpdir(), 'phantom-guard-cache-'));
  const words = [
    'validate',
    'widget-kit',
    '--registry',
    registry.url,
    '--downloads-url',
    'none',
    '--no-data',
  ];
  expect((await run(words, dir)).status).toBe(0);
  return dir;
}

const indexFiles = (dir: string) =>
  readdirSync(path.join(dir, 'facts-v3', 'index-v5'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));

describe('the cache command', () => {
  it('says where the cache is', async () => {
    expect(await run(['cache', 'path'], '/somewhere/else')).toMatchObject({ stdout: '/somewhere/else\n' });
  });

  it('counts what is kept, with the days on which it was fetched', async () => {
    const dir = await filled();
    const { status, stdout } = await run(['cache', 'stats'], dir);
    expect(status).toBe(0);
    expect(stdout).toMatch(/: \d+ files, \d+ bytes\n/);
    const today = new Date().toISOString().slice(0, 10);
    expect(stdout).toContain(`1 names, 0 in the aggregated record, fetched ${today} to ${today}\n`);
    const json = JSON.parse((await run(['cache', 'stats', '--format', 'json'], dir)).stdout) as {
      readonly schemaVersion: number;
      readonly cache: { readonly spaces: readonly { readonly entries: number }[] };
    };
    expect([json.schemaVersion, json.cache.spaces.map(({ entries }) => entries)]).toEqual([1, [1]]);
  });

  it('ends with 1 where something was corrupt, names it, and finds nothing the next time', async () => {
    const dir = await filled();
    const [file = ''] = indexFiles(dir);
    writeFileSync(file, '\n0123\tbroken');
    const { status, stdout } = await run(['cache', 'verify'], dir);
    expect([status, stdout]).toEqual([1, expect.stringContaining('1 entries checked, 1 corrupt')]);
    expect(stdout).toContain(`  index-line: ${file} (removed)\n`);
    const again = await run(['cache', 'verify'], dir);
    expect([again.status, again.stdout]).toEqual([0, expect.stringContaining('0 corrupt')]);
  });

  it('removes the cache, and says when there is none', async () => {
    const dir = await filled();
    expect(await run(['cache', 'clear'], dir)).toMatchObject({
      status: 0,
      stdout: `removed the cache in ${dir}\n`,
    });
    expect(readdirSync(path.join(dir, 'facts-v3'))).toEqual(['CACHEDIR.TAG']);
    expect((await run(['cache', 'clear'], dir)).stdout).toBe(`there is no cache in ${dir}\n`);
  });

  it.each([['cache'], ['cache purge'], ['cache stats more']])('says how it is used: %s', async (words) => {
    const { status, stderr } = await run(words.split(' '), '/nowhere');
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining('cache takes one of stats, path, verify, clear (USAGE)'),
    ]);
  });
});

import { mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDiskStore } from '../../../src/cache/disk-store.js';
import { factSpaceOf, recordKey } from '../../../src/cache/fact-space.js';
import { hashKey } from '../../../src/cache/index-line.js';
import { openCache } from '../../../src/cache/load-cacache.js';
import { putSealed } from '../../../src/cache/put-sealed.js';
import type { PackageName } from '../../../src/model/package-name.js';
import { bytesOf, TEST_KEY } from '../../support/cache-keys.js';
import { cached, contextAt, NOW_MS, queriesFor, REGISTRY, recorder } from '../../unit/cache/support.js';

export const SPACE = factSpaceOf('packages', REGISTRY.url);

export async function withDirectory(work: (dir: string) => Promise<void>): Promise<void> {
  const dir = await mkdtemp(join(await realpath(tmpdir()), 'phantom-cache-'));
  try {
    await work(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** A look at the disk as a new process would take it: what was asked of the registry, and the answers. */
export async function look(dir: string, names: readonly string[], nowMs = NOW_MS) {
  const inner = recorder();
  const store = createDiskStore(dir, TEST_KEY);
  const answers = await cached(inner, store).lookup(queriesFor(names), contextAt(nowMs));
  await store.flush();
  return {
    answers,
    asked: inner.asked.map(({ name }) => name),
    queries: inner.asked,
    problems: store.problems(),
  };
}

/** The index file of a key, where cacache puts it. */
export function bucketOf(dir: string, key: string): string {
  const hash = hashKey(key);
  return join(dir, 'facts-v3', 'index-v5', hash.slice(0, 2), hash.slice(2, 4), hash.slice(4));
}

export function recordBucketOf(dir: string, name: string): string {
  return bucketOf(dir, recordKey(SPACE, name as PackageName));
}

/** Stores what a holder of the key would store, whatever it is. */
export async function putAsOurs(dir: string, key: string, text: string, metadata: object): Promise<void> {
  const cache = openCache(join(dir, 'facts-v3'), bytesOf(TEST_KEY));
  await putSealed(cache, key, Buffer.from(text), metadata);
}

/** Every regular file below a folder. */
export async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

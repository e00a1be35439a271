import { rm } from 'node:fs/promises';
import { listFiles } from './list-files.js';
import type { OpenCache } from './load-cacache.js';
import { readRegularFile } from './read-regular-file.js';
import { KEPT_FOLDERS, MAX_KEPT_BYTES, openKept } from './sealed-kept.js';
import { succeeds } from './succeeds.js';
import type { CorruptEntry } from './verify-cache.js';

/** Reads every kept file and removes those that are not sealed with the key. */
export async function verifyKept({
  storeDir,
  key,
}: OpenCache): Promise<{ readonly checked: number; readonly corrupt: readonly CorruptEntry[] }> {
  const corrupt: CorruptEntry[] = [];
  let checked = 0;
  for (const { path, segments } of listFiles(storeDir, { matching: KEPT_FOLDERS, depth: 2 })) {
    const [folder = '', file = ''] = segments;
    checked++;
    if (isKept(key, folder, file, path)) continue;
    const removed = await succeeds(rm(path, { recursive: true, force: true }));
    corrupt.push({ key: null, file: path, problem: 'forged', removed });
  }
  return { checked, corrupt };
}

function isKept(key: Buffer, folder: string, file: string, path: string): boolean {
  try {
    const sealed = readRegularFile(path, MAX_KEPT_BYTES)?.toString('utf8') ?? '';
    return openKept(key, folder, file, sealed) !== null;
  } catch {
    return false;
  }
}

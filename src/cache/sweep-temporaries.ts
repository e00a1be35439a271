import type { Dirent } from 'node:fs';
import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EpochMs } from '../model/facts.js';

/** A write takes milliseconds: a temporary file of this age was left by a process that was killed. */
export const LEFTOVER_AGE_MS = 60 * 60_000;

/** Removes what killed writers left in cacache's folder for temporary files. Gives the number of removed files. */
export async function sweepTemporaries(storeDir: string, nowMs: EpochMs): Promise<number> {
  const folder = join(storeDir, 'tmp');
  let removed = 0;
  for (const { name } of await entriesOf(folder)) {
    if (await isOlderThan(join(folder, name), nowMs - LEFTOVER_AGE_MS)) {
      await rm(join(folder, name), { recursive: true, force: true });
      removed++;
    }
  }
  return removed;
}

/** The entries of a real directory; none when it is missing, a link, or no directory. */
export async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return (await lstat(folder)).isDirectory() ? await readdir(folder, { withFileTypes: true }) : [];
  } catch {
    return [];
  }
}

/** False also for a path that is gone meanwhile. */
export async function isOlderThan(path: string, limitMs: EpochMs): Promise<boolean> {
  try {
    return (await lstat(path)).mtimeMs < limitMs;
  } catch {
    return false;
  }
}

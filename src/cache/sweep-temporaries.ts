import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EpochMs } from '../model/facts.js';
import { entriesOf, isOlderThan } from './list-files.js';

/** A write takes milliseconds: a temporary file of this age was left by a process that was killed. */
export const LEFTOVER_AGE_MS = 60 * 60_000;

/** Removes what killed writers left in cacache's folder for temporary files. Gives the number of removed files. */
export async function sweepTemporaries(storeDir: string, nowMs: EpochMs): Promise<number> {
  const folder = join(storeDir, 'tmp');
  let removed = 0;
  for (const { name } of entriesOf(folder)) {
    if (isOlderThan(join(folder, name), nowMs - LEFTOVER_AGE_MS)) {
      await rm(join(folder, name), { recursive: true, force: true });
      removed++;
    }
  }
  return removed;
}

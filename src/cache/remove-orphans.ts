import { rm } from 'node:fs/promises';
import type { EpochMs } from '../model/facts.js';
import { isOlderThan, listFiles } from './list-files.js';
import { succeeds } from './succeeds.js';
import { LEFTOVER_AGE_MS } from './sweep-temporaries.js';

/** The folder of cacache's content; its files lie five levels deep. */
const CONTENT = { matching: /^content-v\d+$/, depth: 5 };

/**
 * Removes content that no index entry points to. Young content stays: a writer stores content before it adds the entry.
 * Gives the number of removed files.
 */
export async function removeOrphans(
  storeDir: string,
  live: ReadonlySet<string>,
  nowMs: EpochMs,
): Promise<number> {
  const liveFiles = new Set(Array.from(live, contentFileOf));
  let removed = 0;
  for (const { path, segments } of listFiles(storeDir, CONTENT)) {
    const [, algorithm, ...digest] = segments;
    if (liveFiles.has(`${algorithm} ${digest.join('')}`)) continue;
    if (!isOlderThan(path, nowMs - LEFTOVER_AGE_MS)) continue;
    if (await succeeds(rm(path, { recursive: true, force: true }))) removed++;
  }
  return removed;
}

/** Algorithm and hex digest, which is how cacache names content. */
function contentFileOf(integrity: string): string {
  const dash = integrity.indexOf('-');
  const hex = Buffer.from(integrity.slice(dash + 1), 'base64').toString('hex');
  return `${integrity.slice(0, dash)} ${hex}`;
}

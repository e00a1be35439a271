import { type Dirent, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as otherWork } from 'node:timers/promises';
import type { EpochMs } from '../model/facts.js';
import { createFeedBuilder } from './feed-builder.js';
import type { ParsedFeed } from './feed-entry.js';
import { unreadableFeed } from './feed-error.js';
import { parseFeedJson } from './json-limits.js';
import { MAX_RECORD_BYTES, MAX_TREE_BYTES, MAX_TREE_DEPTH, MAX_TREE_FILES } from './limits.js';
import { addOsvRecord, asOsvRecord } from './parse-osv.js';

/** After so many files everything else gets its turn; read one by one without promises they take half the time. */
const FILES_PER_TURN = 256;

/**
 * Reads every `*.json` file below `root` as one OSV record; JSON of another kind counts as skipped. Links are not
 * followed, and what begins with a dot is left out. `changedAtMs` is the time of the newest file.
 *
 * @throws GuardError FEED_UNREADABLE for broken JSON and a tree that is too large, and the error of the system for a file
 * or folder that may not be read.
 */
export async function readFeedTree(
  root: string,
): Promise<{ readonly feed: ParsedFeed; readonly changedAtMs: EpochMs }> {
  const builder = createFeedBuilder();
  let files = 0;
  let bytes = 0;
  let changedAtMs = 0;
  for (const path of jsonFilesIn(root, MAX_TREE_DEPTH)) {
    const { size, mtimeMs } = lstatSync(path);
    files++;
    bytes += size;
    if (files > MAX_TREE_FILES) throw unreadableFeed(`it has more than ${MAX_TREE_FILES} files`);
    if (bytes > MAX_TREE_BYTES) throw unreadableFeed(`its files have more than ${MAX_TREE_BYTES} bytes`);
    if (size > MAX_RECORD_BYTES)
      throw unreadableFeed(`one of its files has more than ${MAX_RECORD_BYTES} bytes`);
    const record = asOsvRecord(parseFeedJson(readFileSync(path, 'utf8').replace(/^\uFEFF/, '')));
    if (record === null) builder.add(null, null);
    else addOsvRecord(record, builder);
    changedAtMs = Math.max(changedAtMs, Math.floor(mtimeMs));
    if (files % FILES_PER_TURN === 0) await otherWork();
  }
  return { feed: builder.finish('malicious'), changedAtMs };
}

function* jsonFilesIn(folder: string, depth: number): Generator<string> {
  if (depth === 0) throw unreadableFeed(`its folders are deeper than ${MAX_TREE_DEPTH} levels`);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* jsonFilesIn(path, depth - 1);
    else if (isJson(entry)) yield path;
  }
}

function isJson(entry: Dirent): boolean {
  return entry.isFile() && entry.name.endsWith('.json');
}

import { isUtf8 } from 'node:buffer';
import { stat } from 'node:fs/promises';
import { readUpTo } from '../inputs/read-up-to.js';
import { unreadableFeed } from './feed-error.js';
import type { ReadFeed } from './feed-ports.js';
import { MAX_FILE_BYTES } from './limits.js';
import { parseFeed } from './parse-feed.js';
import { readFeedTree } from './read-feed-tree.js';

/**
 * Reads a feed from a file, or from the OSV records in a folder.
 *
 * @throws GuardError FEED_UNREADABLE, and the error of the system for a file that is missing or may not be read.
 */
export async function readFeedFile(path: string): Promise<ReadFeed> {
  const status = await stat(path);
  const read = status.isDirectory() ? await readFeedTree(path) : null;
  if (read !== null) return { feed: read.feed, fetchedAtMs: read.changedAtMs, from: 'file', notices: [] };
  const feed = await parseFeed(await readText(path));
  return { feed, fetchedAtMs: Math.floor(status.mtimeMs), from: 'file', notices: [] };
}

async function readText(path: string): Promise<string> {
  const found = await readUpTo(path, MAX_FILE_BYTES);
  if (found.kind === 'irregular') throw unreadableFeed('it is neither a file nor a folder');
  if (found.kind === 'too-large') throw unreadableFeed(`it has more than ${MAX_FILE_BYTES} bytes`);
  if (!isUtf8(found.bytes)) throw unreadableFeed('it is not UTF-8 text');
  return found.bytes.toString('utf8');
}

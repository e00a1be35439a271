import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { errorCode } from './error-code.js';
import type { IndexEntry } from './index-line.js';
import type { OpenCache } from './load-cacache.js';
import { readRegularFile } from './read-regular-file.js';

/** Where cacache 20 keeps contents; `cache-version.content` in its package.json. */
const CONTENT_FOLDER = 'content-v2';

/** The only form in which cacache writes an integrity unless it is told otherwise. */
const SHA512 = /^sha512-([A-Za-z0-9+/]{86}==)$/;

/**
 * The content of an index entry as text, its integrity checked. `null` when it is missing or larger than `maxBytes`.
 * Content that fails its check is removed, because cacache keeps a file that is there when the same content is put
 * again.
 *
 * @throws Error with code EINTEGRITY, and errors of the file system other than that nothing is there
 */
export async function readContent(
  { writing, storeDir }: OpenCache,
  { integrity }: Pick<IndexEntry, 'integrity'>,
  maxBytes: number,
): Promise<string | null> {
  const digest = SHA512.exec(integrity)?.[1];
  if (digest === undefined) return null;
  const bytes = readBytes(pathOf(storeDir, digest), maxBytes);
  if (bytes === null) return null;
  if (createHash('sha512').update(bytes).digest('base64') === digest) return bytes.toString('utf8');
  const { rm } = await writing();
  await rm.content(storeDir, integrity);
  throw Object.assign(new Error(`the content ${integrity} has been changed`), { code: 'EINTEGRITY' });
}

function pathOf(storeDir: string, digest: string): string {
  const hex = Buffer.from(digest, 'base64').toString('hex');
  return join(storeDir, CONTENT_FOLDER, 'sha512', hex.slice(0, 2), hex.slice(2, 4), hex.slice(4));
}

function readBytes(path: string, maxBytes: number): Buffer | null {
  try {
    return readRegularFile(path, maxBytes);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

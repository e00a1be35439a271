import { createHash } from 'node:crypto';
import { lstatSync, rmSync } from 'node:fs';
import { bucketPath } from './find-entry.js';
import type { OpenCache } from './load-cacache.js';
import { sealedMetadata } from './sealed-entry.js';

/** Stores a content and its entry. Gives the content's integrity. */
export async function putSealed(
  cache: OpenCache,
  key: string,
  content: Buffer,
  metadata: object,
): Promise<string> {
  const { put } = await cache.writing();
  const integrity = `sha512-${createHash('sha512').update(content).digest('base64')}`;
  const options = { metadata: sealedMetadata(cache.key, { key, integrity, metadata }) };
  removeLink(bucketPath(cache.storeDir, key));
  await put(cache.storeDir, key, content, options);
  return integrity;
}

/** Stores an entry whose content is there already; `size` in bytes, `null` where it is not known. */
export async function insertSealed(
  cache: OpenCache,
  {
    key,
    integrity,
    size,
  }: { readonly key: string; readonly integrity: string; readonly size: number | null },
  metadata: object,
): Promise<void> {
  const { index } = await cache.writing();
  const sealed = sealedMetadata(cache.key, { key, integrity, metadata });
  const options = size === null ? { metadata: sealed } : { metadata: sealed, size };
  removeLink(bucketPath(cache.storeDir, key));
  await index.insert(cache.storeDir, key, integrity, options);
}

/** cacache adds its line to whatever file a link leads to. */
function removeLink(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) rmSync(path, { force: true });
}

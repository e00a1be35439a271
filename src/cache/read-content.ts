import type { CacheObject } from 'cacache';
import type { OpenCache } from './load-cacache.js';

/**
 * The content of an index entry as text, its integrity checked by cacache. `null` when it is missing or larger than
 * `maxBytes`. Content that fails its check is removed, because cacache keeps a file that is there when the same
 * content is put again; then the error is passed on, its code being `EINTEGRITY` or `EBADSIZE`.
 */
export async function readContent(
  { cacache, storeDir }: OpenCache,
  { integrity }: Pick<CacheObject, 'integrity'>,
  maxBytes: number,
): Promise<string | null> {
  const content = await cacache.get.hasContent(storeDir, integrity);
  // hasContent gives undefined, not false, for errors other than ENOENT.
  if (!content || content.size > maxBytes) return null;
  try {
    const options = { size: content.size, memoize: false };
    return (await cacache.get.byDigest(storeDir, integrity, options)).toString('utf8');
  } catch (error) {
    const { rm } = await cacache.writing();
    await rm.content(storeDir, integrity);
    throw error;
  }
}

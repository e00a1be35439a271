import { createHash } from 'node:crypto';
import type { PackageName } from '../model/package-name.js';
import { encodeRecord } from './fact-record.js';
import { type FactSpace, recordKey } from './fact-space.js';
import type { OpenCache } from './load-cacache.js';
import type { StoredFact } from './stored-fact.js';

/**
 * Stores the record of one name. Where the name's content is there already, as after a revalidation, only an index
 * entry with the new fetch time is added: a fifth of the cost.
 */
export async function writeRecord(
  { cacache, storeDir }: OpenCache,
  space: FactSpace,
  name: PackageName,
  fact: StoredFact,
): Promise<void> {
  const key = recordKey(space, name);
  const content = encodeRecord(space, name, fact);
  const metadata = { fetchedAtMs: fact.fetchedAtMs, etag: fact.etag };
  const integrity = `sha512-${createHash('sha512').update(content).digest('base64')}`;
  const present = await cacache.get.hasContent(storeDir, integrity);
  if (present && present.size === content.length) {
    await cacache.index.insert(storeDir, key, integrity, { metadata, size: content.length });
    return;
  }
  // cacache would keep the file that is there.
  if (present) await cacache.rm.content(storeDir, integrity);
  await cacache.put(storeDir, key, content, { metadata });
}

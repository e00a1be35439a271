import type { OpenCache } from './load-cacache.js';

/** `removeFully` deletes the index file where cacache would else append a tombstone; its types leave the option out. */
type RemoveEntry = (storeDir: string, key: string, options: { removeFully: boolean }) => Promise<unknown>;

/** Removes what `key` points to, index entry and content. No key of ours shares content with another. */
export async function removeRecord({ cacache, storeDir }: OpenCache, key: string): Promise<void> {
  const entry = await cacache.get.info(storeDir, key);
  if (entry !== null) await cacache.rm.content(storeDir, entry.integrity);
  await (cacache.rm.entry as RemoveEntry)(storeDir, key, { removeFully: true });
}

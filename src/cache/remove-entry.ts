import type { OpenCache } from './load-cacache.js';

/** `removeFully` deletes the index file where cacache would else append a tombstone; its types leave the option out. */
type RemoveEntry = (storeDir: string, key: string, options: { removeFully: boolean }) => Promise<unknown>;

/** Removes the index entry of `key`. Its content stays, since other names may share it, until `cache verify`. */
export async function removeEntry({ writing, storeDir }: OpenCache, key: string): Promise<void> {
  const { rm } = await writing();
  await (rm.entry as RemoveEntry)(storeDir, key, { removeFully: true });
}

import type * as cacache from 'cacache';

/** The part of cacache that writes and removes. What it has written is read by `findEntry` and `readContent`. */
export type Cacache = Pick<typeof cacache, 'put' | 'rm' | 'index'>;

/** A cacache directory that may be used. cacache is loaded on first use: a run that only reads does not pay for it. */
export type OpenCache = {
  readonly writing: () => Promise<Cacache>;
  readonly storeDir: string;
  /** What entries are sealed with. */
  readonly key: Buffer;
  /** Called for each entry that was found and is not sealed with the key. */
  readonly onForged: () => void;
};

export function openCache(
  storeDir: string,
  key: Buffer,
  onForged: OpenCache['onForged'] = () => undefined,
): OpenCache {
  return { storeDir, key, onForged, writing: async () => (await import('cacache')).default };
}

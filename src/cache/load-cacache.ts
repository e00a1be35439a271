import type * as cacache from 'cacache';

/** The part of cacache that is used. */
export type Cacache = Pick<typeof cacache, 'get' | 'put' | 'rm' | 'index'>;

/** A cacache directory that may be used. */
export type OpenCache = { readonly cacache: Cacache; readonly storeDir: string };

/** Loads cacache on first use: a run that needs no cache does not pay for it. */
export async function loadCacache(): Promise<Cacache> {
  return (await import('cacache')).default;
}

import type * as cacache from 'cacache';

/** The part of cacache that is used. What writes and removes brings many more modules, and comes when it is asked for. */
export type Cacache = Pick<typeof cacache, 'get'> & {
  readonly writing: () => Promise<Pick<typeof cacache, 'put' | 'rm' | 'index'>>;
};

/** A cacache directory that may be used. */
export type OpenCache = { readonly cacache: Cacache; readonly storeDir: string };

/** Loads cacache on first use: a run that needs no cache does not pay for it. */
export async function loadCacache(): Promise<Cacache> {
  const { default: get } = await import('cacache/lib/get.js');
  return { get, writing: async () => (await import('cacache')).default };
}

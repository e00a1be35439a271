import type { CacheKey } from '../cache/cache-key.js';
import type { CachedSourceOptions } from '../cache/cached-source.js';
import type { CacheProblem } from '../cache/fact-store.js';
import { DEFAULT_TTL } from '../cache/freshness.js';
import type { FactSource } from '../model/facts.js';
import { createLateStore } from './late-store.js';
import { createSharedFacts } from './shared-facts.js';
import { createSharedSource } from './shared-source.js';
import { deriveStoreKeys } from './store-keys.js';

export type SourceOptions<F> = Omit<CachedSourceOptions<F>, 'store' | 'offline'>;

/** What a run shares with other machines. */
export type Sharing = {
  readonly share: <F>(options: SourceOptions<F>) => FactSource<F>;
  readonly flush: () => Promise<void>;
  readonly close: () => Promise<void>;
  readonly problems: () => readonly CacheProblem[];
};

/** Shares by the store behind `url`. Nothing is loaded or connected before the first question. Without a key nothing is shared. */
export function openSharing(url: string, key: CacheKey): Sharing {
  const state = key.read();
  if (state.kind === 'refused') return nothing([{ ...state.problem, code: 'STORE_KEY_UNUSABLE' }]);
  if (state.kind === 'absent') return nothing([NO_KEY]);
  const store = createLateStore(async () => (await import('./redis-store.js')).createRedisStore(url));
  const shared = createSharedFacts(store, deriveStoreKeys(state.key), DEFAULT_TTL);
  return {
    share: (options) => createSharedSource(shared, options),
    flush: shared.flush,
    close: shared.close,
    problems: shared.problems,
  };
}

/** Nothing is shared: `share` gives back the source. */
function nothing(problems: readonly CacheProblem[]): Sharing {
  const done = (): Promise<void> => Promise.resolve();
  return { share: ({ inner }) => inner, flush: done, close: done, problems: () => problems };
}

const NO_KEY: CacheProblem = {
  code: 'STORE_KEY_UNUSABLE',
  message: 'The shared store was not used: this machine does not have the organisation’s key.',
  hint: 'Put its 32 bytes into store.key beside your configuration, or set PHANTOM_GUARD_CACHE_KEY.',
};

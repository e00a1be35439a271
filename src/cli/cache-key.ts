import path from 'node:path';
import { type CacheKey, createGivenKey } from '../cache/cache-key.js';
import { createKeyFile } from '../cache/key-file.js';
import { userConfigPath } from '../config/user-config-path.js';
import { CACHE_SECRET_VARIABLE } from './cache-secret.js';
import type { Io } from './io.js';

/**
 * The key of this run: the secret that it was given, else the file beside the user's configuration. That is the account's:
 * a script that sets `$HOME` brings no key of its own, and who has one home for each run still finds what was kept.
 */
export function cacheKeyOf(io: Io): CacheKey {
  return keyOf(io, (folder) => createKeyFile(path.join(folder, 'cache.key')));
}

/** The key of what an organisation shares: the secret of the run, else a file that somebody put beside the user's configuration. */
export function storeKeyOf(io: Io): CacheKey {
  return keyOf(io, (folder) => createKeyFile(path.join(folder, 'store.key'), STORE_HINT));
}

const STORE_HINT =
  'Put the 32 bytes of your organisation into it, for this user alone; or set PHANTOM_GUARD_CACHE_KEY.';

function keyOf(
  { cacheSecret, env, home, accountHome, platform }: Io,
  inFile: (folder: string) => CacheKey,
): CacheKey {
  const place = userConfigPath({ env, home: accountHome ?? home, platform });
  return cacheSecret === null
    ? inFile(path.dirname(place))
    : createGivenKey(cacheSecret, CACHE_SECRET_VARIABLE);
}

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
export function cacheKeyOf({ cacheSecret, env, home, accountHome, platform }: Io): CacheKey {
  const place = userConfigPath({ env, home: accountHome ?? home, platform });
  return cacheSecret === null
    ? createKeyFile(path.join(path.dirname(place), 'cache.key'))
    : createGivenKey(cacheSecret, CACHE_SECRET_VARIABLE);
}

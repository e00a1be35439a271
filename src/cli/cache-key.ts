import path from 'node:path';
import { type CacheKey, createGivenKey } from '../cache/cache-key.js';
import { createKeyFile } from '../cache/key-file.js';
import { userConfigPath } from '../config/user-config-path.js';
import { CACHE_SECRET_VARIABLE } from './cache-secret.js';
import type { Io } from './io.js';

/** The key of this run: the secret that it was given, else the file beside the user's configuration. */
export function cacheKeyOf({ cacheSecret, ...place }: Io): CacheKey {
  return cacheSecret === null
    ? createKeyFile(path.join(path.dirname(userConfigPath(place)), 'cache.key'))
    : createGivenKey(cacheSecret, CACHE_SECRET_VARIABLE);
}

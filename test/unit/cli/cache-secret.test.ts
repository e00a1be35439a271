import { describe, expect, it } from 'vitest';
import { splitCacheSecret, takeCacheSecret } from '../../../src/cli/cache-secret.js';

const SECRET = 'zq-no-secret-of-anybody-0123456789';

describe('the secret of the cache', () => {
  it('is taken out of the variables of the process', () => {
    const env = { PATH: '/bin', PHANTOM_GUARD_CACHE_KEY: SECRET };
    expect(takeCacheSecret(env)).toBe(SECRET);
    expect(env).toEqual({ PATH: '/bin' });
    expect(takeCacheSecret(env)).toBeNull();
  });

  it('is told from the variables of a host, which keeps them', () => {
    const env = { PATH: '/bin', PHANTOM_GUARD_CACHE_KEY: SECRET };
    expect(splitCacheSecret(env)).toEqual({ env: { PATH: '/bin' }, cacheSecret: SECRET });
    expect(env.PHANTOM_GUARD_CACHE_KEY).toBe(SECRET);
  });

  it('counts as not given where it is empty, as CI hands it to a fork', () => {
    expect(takeCacheSecret({ PHANTOM_GUARD_CACHE_KEY: '' })).toBeNull();
    expect(splitCacheSecret({ PHANTOM_GUARD_CACHE_KEY: '' }).cacheSecret).toBeNull();
    expect(splitCacheSecret({}).cacheSecret).toBeNull();
  });
});

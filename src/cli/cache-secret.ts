type Env = Readonly<Record<string, string | undefined>>;

/** A secret that seals the cache in place of the key file, for machines whose home is new each time. */
export const CACHE_SECRET_VARIABLE = 'PHANTOM_GUARD_CACHE_KEY';

/** The secret apart from the variables, which programs that are started get to see. An empty one counts as not given. */
export function splitCacheSecret(env: Env): { readonly env: Env; readonly cacheSecret: string | null } {
  const { [CACHE_SECRET_VARIABLE]: secret, ...rest } = env;
  return secret === undefined ? { env, cacheSecret: null } : { env: rest, cacheSecret: secret || null };
}

/** Takes the secret out of the variables of this process, so that nothing that it starts inherits it. */
export function takeCacheSecret(env: NodeJS.ProcessEnv): string | null {
  const secret = env[CACHE_SECRET_VARIABLE];
  delete env[CACHE_SECRET_VARIABLE];
  return secret || null;
}

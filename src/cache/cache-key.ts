import type { CacheProblem } from './fact-store.js';

export type KeyState =
  | { readonly kind: 'key'; readonly key: Buffer }
  | { readonly kind: 'absent' }
  | KeyRefusal;

/** There is a key, or something in its place, that may not be used. */
export type KeyRefusal = { readonly kind: 'refused'; readonly problem: CacheProblem };

/** Where the key is from that everything in the cache is sealed with. Neither method throws. */
export type CacheKey = {
  /** Creates nothing. */
  readonly read: () => KeyState;
  /** The key at hand, else a new one: for whoever is about to write. */
  readonly make: () => Exclude<KeyState, { readonly kind: 'absent' }>;
};

/** Fewest characters of a secret: what 16 random bytes are in hexadecimal. */
const MIN_SECRET_CHARS = 32;

/** A key that was handed over, such as a secret of CI. One of fewer than 32 characters is refused: it could be guessed. */
export function createGivenKey(secret: string, variable: string): CacheKey {
  const isLong = secret.length >= MIN_SECRET_CHARS;
  const given = isLong ? ({ kind: 'key', key: Buffer.from(secret) } as const) : tooShort(variable);
  return { read: () => given, make: () => given };
}

/** @param why ends the sentence that begins with `what` */
export function refuseKey(what: string, why: string, hint: string): KeyRefusal {
  const message = `The key of the cache, ${what}, ${why}; nothing in the cache is believed or kept.`;
  return { kind: 'refused', problem: { code: 'CACHE_KEY_UNUSABLE', message, hint } };
}

function tooShort(variable: string): KeyRefusal {
  const hint = `Give it a random secret, such as the output of \`openssl rand -hex 32\`, or take ${variable} away.`;
  return refuseKey(variable, `has fewer than ${MIN_SECRET_CHARS} characters`, hint);
}

/** The password of the store, where the configuration is for all to read and so has none. */
export const STORE_PASSWORD_VARIABLE = 'PHANTOM_GUARD_STORE_PASSWORD';

/** The URL of the store with the password of the environment; one that stands in the URL counts. */
export function withStorePassword(
  store: string | null,
  env: Readonly<Record<string, string | undefined>>,
): string | null {
  const password = env[STORE_PASSWORD_VARIABLE];
  if (store === null || password === undefined || password === '') return store;
  const url = new URL(store);
  if (url.password === '') url.password = encodeURIComponent(password);
  return url.href;
}

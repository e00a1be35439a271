import type { ClientCertificate, RegistrySettings, StoredCredentials } from './settings.js';

/** What may be shown to the server at one URL. */
export type Credentials = {
  /** The configuration key that they come from; `null` when there are none for this URL. */
  readonly nerfDart: string | null;
  /** Value of the Authorization header. */
  readonly authorization: string | null;
  readonly clientCertificate: ClientCertificate | null;
};

/** The settings that decide about credentials. */
export type CredentialSettings = Pick<
  RegistrySettings,
  'registry' | 'scopeRegistries' | 'credentials' | 'clientCertificate'
>;

/**
 * The credentials that npm would use for `url`: those of the most specific nerf dart on the way up its path. The global
 * client certificate is shown to the configured registries only.
 */
export function credentialsFor(settings: CredentialSettings, url: URL): Credentials {
  const fallback = isRegistryHost(settings, url) ? settings.clientCertificate : null;
  const key = nerfDartFor(settings.credentials, `//${url.host}${url.pathname}`);
  const stored = key === null ? undefined : settings.credentials[key];
  if (stored === undefined) return { nerfDart: null, authorization: null, clientCertificate: fallback };
  return {
    nerfDart: key,
    authorization: authorizationOf(stored),
    clientCertificate: stored.clientCertificate ?? fallback,
  };
}

/** Of `//host/a/b`, `//host/a/`, `//host/a`, `//host/`, `//host` the first that has credentials: the order of npm-registry-fetch. */
function nerfDartFor(credentials: CredentialSettings['credentials'], place: string): string | null {
  let found: string | null = null;
  for (const [key, stored] of Object.entries(credentials)) {
    const isLonger = key.length > (found?.length ?? '//'.length);
    if (isLonger && isAbove(key, place) && isUsable(stored)) found = key;
  }
  return found;
}

function isAbove(key: string, place: string): boolean {
  if (!place.startsWith(key)) return false;
  return key.length === place.length || key.endsWith('/') || place[key.length] === '/';
}

function isUsable(stored: StoredCredentials): boolean {
  return authorizationOf(stored) !== null || stored.clientCertificate !== null;
}

function authorizationOf(stored: StoredCredentials): string | null {
  if (stored.authToken !== null) return `Bearer ${stored.authToken}`;
  if (stored.basicAuth !== null) return `Basic ${stored.basicAuth}`;
  if (stored.username === null || stored.encodedPassword === null) return null;
  const password = Buffer.from(stored.encodedPassword, 'base64').toString('utf8');
  return `Basic ${Buffer.from(`${stored.username}:${password}`).toString('base64')}`;
}

function isRegistryHost(settings: CredentialSettings, url: URL): boolean {
  return [settings.registry, ...Object.values(settings.scopeRegistries)].some(
    (registry) => new URL(registry).host === url.host,
  );
}

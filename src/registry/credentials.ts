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
  for (const key of nerfDartsOf(url)) {
    const stored = settings.credentials[key];
    if (stored === undefined || !isUsable(stored)) continue;
    return {
      nerfDart: key,
      authorization: authorizationOf(stored),
      clientCertificate: stored.clientCertificate ?? fallback,
    };
  }
  return { nerfDart: null, authorization: null, clientCertificate: fallback };
}

/** `//host/a/b`, `//host/a/`, `//host/a`, `//host/`, `//host`: the order of npm-registry-fetch. */
function* nerfDartsOf(url: URL): Generator<string> {
  let key = `//${url.host}${url.pathname}`;
  while (key.length > '//'.length) {
    yield key;
    key = key.endsWith('/') ? key.slice(0, -1) : key.slice(0, key.lastIndexOf('/') + 1);
  }
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

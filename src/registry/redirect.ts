import { type Credentials, credentialsFor } from './credentials.js';
import { type Failure, failed } from './failure.js';
import { parseHttpUrl, parseUrl } from './registry-url.js';
import type { RegistrySettings } from './settings.js';

/** npm's client follows 20; a package document needs one or two. */
const MAX_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
export const NO_CREDENTIALS: Credentials = { nerfDart: null, authorization: null, clientCertificate: null };

/** One request on the way to an answer. */
export type Hop = {
  readonly kind: 'hop';
  readonly url: URL;
  readonly credentials: Credentials;
  /** Redirects so far. */
  readonly count: number;
  /** The first URL has credentials, and they were left behind on the way. */
  readonly withheld: boolean;
};

export function isRedirect(status: number): boolean {
  return REDIRECTS.has(status);
}

export function firstHop(settings: RegistrySettings, url: URL): Hop {
  return { kind: 'hop', url, credentials: credentialsFor(settings, url), count: 0, withheld: false };
}

/**
 * Where a redirect leads. Credentials go along only to the same origin and while the same configuration key covers the
 * path; once left behind they stay behind. With credentials, https never becomes http.
 */
export function nextHop(settings: RegistrySettings, hop: Hop, location: string | null): Hop | Failure {
  const host = hop.url.host;
  const url = location === null ? null : httpUrlOf(location, hop.url);
  if (url === null) return failed('unreadable', `${host} redirects to no http(s) URL`);
  if (hop.count >= MAX_REDIRECTS)
    return failed('unreadable', `${host} redirects more than ${MAX_REDIRECTS} times`);
  if (hasAny(hop.credentials) && hop.url.protocol === 'https:' && url.protocol === 'http:') {
    return failed('network', `${host} redirects a request with credentials from https to http`);
  }
  const keeps =
    url.origin === hop.url.origin && credentialsFor(settings, url).nerfDart === hop.credentials.nerfDart;
  return {
    kind: 'hop',
    url,
    credentials: keeps ? hop.credentials : NO_CREDENTIALS,
    count: hop.count + 1,
    withheld: hop.withheld || (!keeps && hasAny(hop.credentials)),
  };
}

/** User and password in a Location are the server's words, not the user's: they are dropped. */
function httpUrlOf(location: string, base: URL): URL | null {
  const resolved = parseUrl(location, base);
  const url = resolved === null ? null : parseHttpUrl(resolved.href);
  if (url === null) return null;
  url.username = '';
  url.password = '';
  url.hash = '';
  return url;
}

function hasAny(credentials: Credentials): boolean {
  return credentials.authorization !== null || credentials.clientCertificate !== null;
}

/** A registry address as configured, taken apart: base URL with a trailing slash, and the credentials that were in it. */
export type ParsedRegistryUrl = {
  readonly url: string;
  /** Base64 of `user:password` as they stand in the URL; `null` when it held none. */
  readonly basicAuth: string | null;
};

/** Reads a configured registry address; `null` when it is no http(s) base URL. */
export function parseRegistryUrl(raw: string): ParsedRegistryUrl | null {
  const url = parseHttpUrl(raw.trim());
  if (url === null || url.search !== '') return null;
  const basicAuth = asWritten(url);
  url.username = '';
  url.password = '';
  url.hash = '';
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return { url: url.href, basicAuth };
}

/** `URL.parse`, which Node 20 does not have in all its releases. */
export function parseUrl(raw: string, base?: URL): URL | null {
  return URL.canParse(raw, base?.href) ? new URL(raw, base) : null;
}

/** Reads an http(s) URL; `null` for everything else. */
export function parseHttpUrl(raw: string): URL | null {
  const url = parseUrl(raw);
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') ? url : null;
}

/** npm's client sends what the URL of a registry has, without decoding it. */
function asWritten({ username, password }: URL): string | null {
  return username === '' && password === ''
    ? null
    : Buffer.from(`${username}:${password}`).toString('base64');
}

/** Base64 of the decoded `user:password` of a URL; `null` when it has neither. */
export function basicAuthOf(url: URL): string | null {
  if (url.username === '' && url.password === '') return null;
  return Buffer.from(`${decodeUserInfo(url.username)}:${decodeUserInfo(url.password)}`).toString('base64');
}

/** Same host and path, whatever the protocol and the trailing slash. */
export function sameRegistry(a: string, b: string): boolean {
  return a === b || hostAndPath(a) === hostAndPath(b);
}

function hostAndPath(raw: string): string {
  const url = new URL(raw);
  // A host with a final dot is the same host.
  return `${url.host.replace(/\.(?=:|$)/, '')}${url.pathname.replace(/\/+$/, '')}`;
}

/** The user or password of a URL; one that is not percent-encoded as it is. */
export function decodeUserInfo(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Messages about URLs hold none of the URL: it may have a password in it, and the position says which it is. */

const HAS_SCHEME = /^[a-z][a-z\d+.-]+:/i;

/** Why `text` can't be the base URL of a mirror, or `null`. */
export function mirrorFault(text: string): string | null {
  const url = parse(text);
  if (url === null || !isHttp(url)) return 'not an http(s) URL';
  if (hasCredentials(url)) return 'a URL with credentials in it';
  return url.search === '' && url.hash === '' ? null : 'a base URL has neither a query nor a fragment';
}

/** Why `text` can't be where a feed is, or `null`. */
export function feedFault(text: string): string | null {
  if (text.trim() === '') return 'empty';
  if (!isFeedUrl(text)) return text.includes('\0') ? 'no file can have this name' : null;
  const url = parse(text);
  if (url === null || !isHttp(url)) return 'neither a path nor an https URL';
  if (hasCredentials(url)) return 'a URL with credentials in it';
  return url.protocol === 'https:' || isLoopback(url)
    ? null
    : 'plain http, which anyone on the way can change';
}

/** Whether a feed's place is meant as a URL; `C:\feed.json` is not. */
export function isFeedUrl(text: string): boolean {
  return HAS_SCHEME.test(text);
}

/** Why `text` can't be the store, or `null`. */
export function storeFault(text: string): string | null {
  const url = parse(text);
  const isRedis = url !== null && /^rediss?:$/.test(url.protocol) && url.hostname !== '';
  if (!isRedis) return 'not a redis:// or rediss:// URL with a host';
  if (url.hash !== '') return 'a store has no fragment';
  // They go to the server as they are, and another service may take their lines for commands.
  if (/%(?:[01][\da-f]|7f)/i.test(url.username + url.password))
    return 'a user or password with control characters';
  const parameters = [...url.searchParams];
  const unknown = parameters.find(([name, value]) => STORE_PARAMETERS.get(name)?.test(value) !== true);
  if (unknown !== undefined)
    return 'a store has no parameters but deadline=MS (at most 99999), cluster=true and, with it, node=HOST:PORT';
  const names = parameters.map(([name]) => name).filter((name) => name !== 'node');
  if (new Set(names).size < names.length) return 'a parameter is given twice';
  const isCluster = names.includes('cluster');
  if (!isCluster && parameters.some(([name]) => name === 'node'))
    return 'node=HOST:PORT without cluster=true';
  return isCluster && !/^\/?0?$/.test(url.pathname) ? 'a cluster has no other database than 0' : null;
}

const STORE_PARAMETERS: ReadonlyMap<string, RegExp> = new Map([
  ['deadline', /^[1-9]\d{0,4}$/],
  ['cluster', /^true$/],
  ['node', /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i],
]);

/** A mirror's URL as it is compared: normalised, with a trailing slash. */
export function normaliseMirror(text: string): string {
  const { href } = new URL(text);
  return href.endsWith('/') ? href : `${href}/`;
}

/** `URL.parse`, which Node 20 does not have in all its releases; blanks are refused, which it would drop. */
function parse(text: string): URL | null {
  return !/\s/.test(text) && URL.canParse(text) ? new URL(text) : null;
}

function isHttp({ protocol }: URL): boolean {
  return protocol === 'http:' || protocol === 'https:';
}

function hasCredentials({ username, password }: URL): boolean {
  return username !== '' || password !== '';
}

function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

import { basicAuthOf, decodeUserInfo, parseUrl } from './registry-url.js';
import type { ProxySettings } from './settings.js';
import type { SocksProxy } from './socks.js';

/** How to reach a URL. */
export type ProxyChoice =
  | { readonly kind: 'direct' }
  | {
      readonly kind: 'proxy';
      /** Origin of the proxy, without its credentials. */
      readonly origin: string;
      /** Value of the Proxy-Authorization header. */
      readonly authorization: string | null;
    }
  | { readonly kind: 'socks'; readonly proxy: SocksProxy }
  | { readonly kind: 'unsupported' };

/** As in socks-proxy-agent, which npm uses. */
const SOCKS: ReadonlyMap<string, Pick<SocksProxy, 'version' | 'resolvesNames'>> = new Map([
  ['socks:', { version: 5, resolvesNames: true }],
  ['socks5:', { version: 5, resolvesNames: false }],
  ['socks5h:', { version: 5, resolvesNames: true }],
  ['socks4:', { version: 4, resolvesNames: false }],
  ['socks4a:', { version: 4, resolvesNames: true }],
]);
const SOCKS_PORT = 1080;

/** The proxy that npm would use for `url`. Other protocols and addresses that cannot be read are `unsupported`. */
export function proxyFor(settings: ProxySettings, url: URL): ProxyChoice {
  const configured = url.protocol === 'https:' ? settings.forHttps : settings.forHttp;
  if (configured === null || isExempt(url.hostname, settings.noProxy)) return { kind: 'direct' };
  const proxy = parseUrl(configured);
  const socks = proxy === null ? undefined : SOCKS.get(proxy.protocol);
  if (proxy !== null && proxy.hostname !== '' && socks !== undefined) {
    return { kind: 'socks', proxy: { ...socks, ...addressOf(proxy) } };
  }
  if (proxy === null || (proxy.protocol !== 'http:' && proxy.protocol !== 'https:'))
    return { kind: 'unsupported' };
  const auth = basicAuthOf(proxy);
  return { kind: 'proxy', origin: proxy.origin, authorization: auth === null ? null : `Basic ${auth}` };
}

function addressOf({
  hostname,
  port,
  username,
  password,
}: URL): Omit<SocksProxy, 'version' | 'resolvesNames'> {
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || SOCKS_PORT,
    user: decodeUserInfo(username),
    password: decodeUserInfo(password),
  };
}

/**
 * Whether `hostname` is, or lies under, one of the `noProxy` domains. As in npm's agent, labels are compared from the
 * right, a leading dot means nothing, and there are neither wildcards nor ports.
 */
function isExempt(hostname: string, noProxy: readonly string[]): boolean {
  const labels = hostname.split('.').reverse();
  return noProxy.some((entry) => {
    const wanted = entry.split('.').filter(Boolean).reverse();
    return wanted.length > 0 && wanted.every((label, index) => labels[index] === label);
  });
}

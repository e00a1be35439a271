import { basicAuthOf, parseUrl } from './registry-url.js';
import type { ProxySettings } from './settings.js';

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
  | { readonly kind: 'unsupported' };

/** The proxy that npm would use for `url`. SOCKS and addresses that cannot be read are `unsupported`. */
export function proxyFor(settings: ProxySettings, url: URL): ProxyChoice {
  const configured = url.protocol === 'https:' ? settings.forHttps : settings.forHttp;
  if (configured === null || isExempt(url.hostname, settings.noProxy)) return { kind: 'direct' };
  const proxy = parseUrl(configured);
  if (proxy === null || (proxy.protocol !== 'http:' && proxy.protocol !== 'https:'))
    return { kind: 'unsupported' };
  const auth = basicAuthOf(proxy);
  return { kind: 'proxy', origin: proxy.origin, authorization: auth === null ? null : `Basic ${auth}` };
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

import type { Agent, Dispatcher } from 'undici';
import type { Credentials } from './credentials.js';
import { type ProxyChoice, proxyFor } from './proxy.js';
import type { ClientCertificate, RegistrySettings } from './settings.js';

/** How to send one request: through which pool, and how it is addressed there. */
export type Route = {
  readonly dispatcher: Dispatcher;
  readonly origin: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
};

/** Keep-alive pools by proxy and client certificate; undici divides them by origin. */
export type Routes = {
  /** `null` when the proxy for `url` is of a kind that is not supported. */
  readonly routeFor: (url: URL, credentials: Credentials) => Route | null;
  readonly close: () => Promise<void>;
};

type Undici = typeof import('undici');
type UsedProxy = Extract<ProxyChoice, { kind: 'proxy' }>;

/** Makes pools of at most `connections` sockets per origin, on demand. */
export function createRoutes(undici: Undici, settings: RegistrySettings, connections: number): Routes {
  const pools = new Map<string, Dispatcher>();
  const pool = (key: readonly (string | null)[], make: () => Dispatcher): Dispatcher => {
    const id = JSON.stringify(key);
    const known = pools.get(id) ?? make();
    pools.set(id, known);
    return known;
  };
  const tls = (certificate: ClientCertificate | null) => tlsOptions(settings, certificate);
  return {
    routeFor: (url, { clientCertificate }) => {
      const proxy = proxyFor(settings.proxy, url);
      const cert = clientCertificate?.cert ?? null;
      if (proxy.kind === 'unsupported') return null;
      if (proxy.kind === 'direct') {
        const make = (): Agent => new undici.Agent({ connections, connect: tls(clientCertificate) });
        return {
          dispatcher: pool(['direct', cert], make),
          origin: url.origin,
          path: pathOf(url),
          headers: {},
        };
      }
      if (url.protocol === 'http:') {
        const make = (): Agent => new undici.Agent({ connections, connect: tls(null) });
        return forwarded(pool(['forward'], make), proxy, url);
      }
      const make = (): Dispatcher =>
        new undici.ProxyAgent({
          uri: proxy.origin,
          connections,
          ...(proxy.authorization === null ? {} : { token: proxy.authorization }),
          requestTls: tls(clientCertificate),
          proxyTls: tls(null),
        });
      const key = ['tunnel', proxy.origin, proxy.authorization, cert];
      return { dispatcher: pool(key, make), origin: url.origin, path: pathOf(url), headers: {} };
    },
    close: async () => {
      await Promise.all([...pools.values()].map((dispatcher) => dispatcher.destroy()));
    },
  };
}

/** Plain http goes through a proxy as a request for the absolute URL, as npm's agent sends it. */
function forwarded(dispatcher: Dispatcher, proxy: UsedProxy, url: URL): Route {
  const authorization = proxy.authorization === null ? {} : { 'proxy-authorization': proxy.authorization };
  return { dispatcher, origin: proxy.origin, path: url.href, headers: { host: url.host, ...authorization } };
}

function tlsOptions(settings: RegistrySettings, certificate: ClientCertificate | null) {
  return {
    rejectUnauthorized: settings.strictSsl,
    ...(settings.ca === null ? {} : { ca: [...settings.ca] }),
    ...(settings.localAddress === null ? {} : { localAddress: settings.localAddress }),
    ...certificate,
  };
}

function pathOf(url: URL): string {
  return `${url.pathname}${url.search}`;
}

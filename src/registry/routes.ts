import { isIP, type LookupFunction } from 'node:net';
import { createSecureContext, type SecureContext } from 'node:tls';
import type { Dispatcher } from 'undici';
import { createCachedLookup } from './cached-lookup.js';
import type { Credentials } from './credentials.js';
import { type ProxyChoice, proxyFor } from './proxy.js';
import type { ClientCertificate, RegistrySettings } from './settings.js';
import { connectThroughSocks, type SocksProxy } from './socks.js';

/** How to send one request: through which pool, and how it is addressed there. */
export type Route = {
  readonly dispatcher: Dispatcher;
  readonly origin: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
};

/** Keep-alive pools by proxy and client certificate; undici divides them by origin. */
export type Routes = {
  /** `null` when the proxy for `url` is neither http, https nor SOCKS, or its address cannot be read. */
  readonly routeFor: (url: URL, credentials: Credentials) => Route | null;
  readonly close: () => Promise<void>;
};

type Undici = typeof import('undici');
type ConnectOptions = {
  readonly lookup: LookupFunction;
  readonly localAddress?: string;
  readonly rejectUnauthorized?: boolean;
  readonly secureContext?: SecureContext;
};
type Connector = import('undici').buildConnector.connector;
type UsedProxy = Extract<ProxyChoice, { kind: 'proxy' }>;

/** Makes pools of at most `connections` sockets per origin, on demand. */
export function createRoutes(undici: Undici, settings: RegistrySettings, connections: number): Routes {
  const pools = new Map<string, Dispatcher>();
  const connect = connectOptions(settings);
  const closing = new AbortController();
  const pool = (key: readonly (string | null)[], make: () => Dispatcher): Dispatcher => {
    const id = JSON.stringify(key);
    const known = pools.get(id) ?? make();
    pools.set(id, known);
    return known;
  };
  const agentFor = (protocol: string, certificate: ClientCertificate | null): Dispatcher =>
    pool(
      ['direct', protocol, certificate?.cert ?? null],
      () => new undici.Agent({ connections, connect: connect(protocol, certificate) }),
    );
  const tunnelFor = (proxy: UsedProxy, certificate: ClientCertificate | null): Dispatcher =>
    pool(['tunnel', proxy.origin, proxy.authorization, certificate?.cert ?? null], () => {
      const toProxy = connect(new URL(proxy.origin).protocol, null);
      return new undici.ProxyAgent({
        uri: proxy.origin,
        connections,
        ...(proxy.authorization === null ? {} : { token: proxy.authorization }),
        requestTls: connect('https:', certificate),
        clientFactory: proxyConnections(undici, toProxy),
      });
    });
  const socksFor = (proxy: SocksProxy, certificate: ClientCertificate | null): Dispatcher =>
    pool(['socks', JSON.stringify(proxy), certificate?.cert ?? null], () => {
      const options = { ...connect('http:', null), signal: closing.signal };
      const secure = undici.buildConnector(connect('https:', certificate));
      return new undici.Agent({ connections, connect: socksConnections(secure, proxy, options) });
    });
  return {
    routeFor: (url, { clientCertificate }) => {
      const proxy = proxyFor(settings.proxy, url);
      if (proxy.kind === 'unsupported') return null;
      if (proxy.kind === 'direct') return straight(agentFor(url.protocol, clientCertificate), url);
      if (proxy.kind === 'socks') return straight(socksFor(proxy.proxy, clientCertificate), url);
      if (url.protocol === 'https:') return straight(tunnelFor(proxy, clientCertificate), url);
      return forwarded(agentFor(new URL(proxy.origin).protocol, null), proxy, url);
    },
    close: async () => {
      closing.abort();
      await Promise.all([...pools.values()].map((dispatcher) => dispatcher.destroy()));
    },
  };
}

function straight(dispatcher: Dispatcher, url: URL): Route {
  return { dispatcher, origin: url.origin, path: `${url.pathname}${url.search}`, headers: {} };
}

/** Plain http goes through a proxy as a request for the absolute URL, as npm's agent sends it. */
function forwarded(dispatcher: Dispatcher, proxy: UsedProxy, url: URL): Route {
  const authorization = proxy.authorization === null ? {} : { 'proxy-authorization': proxy.authorization };
  return { dispatcher, origin: proxy.origin, path: url.href, headers: { host: url.host, ...authorization } };
}

/** undici's own way names the proxy in the TLS handshake even where it is an address, which Node warns about. */
function proxyConnections(undici: Undici, options: ConnectOptions): (origin: URL) => Dispatcher {
  const connect = undici.buildConnector(options);
  return (origin) =>
    new undici.Pool(origin, {
      connect: ({ servername, ...rest }, done) => {
        const isName = servername && isIP(servername.replace(/^\[|\]$/g, '')) === 0;
        connect(isName ? { ...rest, servername } : rest, done);
      },
    });
}

/** A connection through a SOCKS proxy carries both protocols of the target. */
function socksConnections(
  secure: Connector,
  proxy: SocksProxy,
  options: Parameters<typeof connectThroughSocks>[2],
): Connector {
  return (target, done) => {
    const isSecure = target.protocol === 'https:';
    const to = { host: target.hostname, port: Number(target.port) || (isSecure ? 443 : 80) };
    connectThroughSocks(proxy, to, options).then(
      (socket) => (isSecure ? secure({ ...target, httpSocket: socket }, done) : done(null, socket)),
      (error: Error) => done(error, null),
    );
  };
}

/**
 * Options of a connection. The trust store is read once for each client certificate: a `cafile` with the usual 140
 * authorities takes 30 ms, and undici would read it again for every connection.
 */
function connectOptions(settings: RegistrySettings) {
  const lookup = createCachedLookup();
  const contexts = new Map<string | null, SecureContext>();
  const contextFor = (certificate: ClientCertificate | null): SecureContext => {
    const id = certificate?.cert ?? null;
    const ca = settings.ca === null ? {} : { ca: [...settings.ca] };
    const context = contexts.get(id) ?? createSecureContext({ ...ca, ...certificate });
    contexts.set(id, context);
    return context;
  };
  return (protocol: string, certificate: ClientCertificate | null): ConnectOptions => ({
    lookup,
    ...(settings.localAddress === null ? {} : { localAddress: settings.localAddress }),
    ...(protocol === 'https:'
      ? { rejectUnauthorized: settings.strictSsl, secureContext: contextFor(certificate) }
      : {}),
  });
}

import { expect } from 'vitest';
import type { FakeProxy, FakeProxyOptions } from '../support/fake-proxy.js';
import type { FakeSocksOptions } from '../support/fake-socks.js';
import { testCertificates } from '../support/tls-certificates.js';
import { describeMatrix } from './access-matrix.js';
import type { Way } from './access-ways.js';
import { HOST, proxyTo, registryWith, socksTo } from './access-world.js';

const BASIC = `Basic ${Buffer.from('ada:s3:cr@t').toString('base64')}`;
const USER = 'ada:s3%3Acr%40t@';

type Plan = {
  readonly way: string;
  /** Of the registry. */
  readonly https: boolean;
  /** The settings, with the address of the proxy. */
  readonly settings: (proxy: string) => Record<string, string>;
  readonly proxy?: Partial<FakeProxyOptions>;
  /** Between `://` and the host of the proxy. */
  readonly user?: string;
};

function forget(proxy: FakeProxy): void {
  (proxy.requests as unknown[]).length = 0;
}

const below = (https: boolean) => ({
  registry: `${https ? 'https' : 'http'}://${HOST}/`,
  // The certificates of the tests are of an authority of their own.
  ca: testCertificates().ca,
});

/** Behind a proxy that has to be asked, with the host's name and its own credentials. */
function throughProxy(plan: Plan): Way {
  return {
    way: plan.way,
    outcome: 'reached',
    lay: async () => {
      const registry = await registryWith({ tls: plan.https });
      const proxy = await proxyTo(registry, plan.proxy);
      return {
        settings: plan.settings(proxy.url.replace('://', `://${plan.user ?? ''}`)),
        below: below(plan.https),
        registries: { registry },
        seen: () => {
          const [first] = proxy.requests;
          expect(first?.url).toContain(HOST);
          expect(first?.method).toBe(plan.https ? 'CONNECT' : 'GET');
          expect(registry.requests[0]?.headers['proxy-authorization']).toBeUndefined();
        },
        forget: () => forget(proxy),
      };
    },
  };
}

/** The registry could be reached without the proxy, and must not be. */
function notPastProxy(
  way: string,
  settings: (proxy: string) => Record<string, string>,
  proxy: Partial<FakeProxyOptions> & { readonly down?: boolean } = {},
): Way {
  return {
    way,
    outcome: 'refused',
    lay: async () => {
      const registry = await registryWith();
      const { down = false, ...options } = proxy;
      const started = await proxyTo(registry, options);
      if (down) await started.close();
      return {
        settings: settings(started.url),
        below: { registry: registry.url },
        registries: { registry },
        seen: () => expect(registry.requests).toEqual([]),
      };
    },
  };
}

const PROXIES: readonly Way[] = [
  throughProxy({ way: 'proxy, http, to http', https: false, settings: (proxy) => ({ proxy }) }),
  throughProxy({
    way: 'https-proxy, http, to https',
    https: true,
    settings: (proxy) => ({ 'https-proxy': proxy }),
  }),
  throughProxy({ way: 'proxy, http, to https', https: true, settings: (proxy) => ({ proxy }) }),
  throughProxy({
    way: 'https-proxy, http, to http',
    https: false,
    settings: (proxy) => ({ 'https-proxy': proxy }),
  }),
  throughProxy({
    way: 'a proxy that speaks TLS, to https',
    https: true,
    settings: (proxy) => ({ 'https-proxy': proxy }),
    proxy: { tls: true },
  }),
  throughProxy({
    way: 'a proxy that speaks TLS, to http',
    https: false,
    settings: (proxy) => ({ proxy }),
    proxy: { tls: true },
  }),
  throughProxy({
    way: 'a proxy that wants a user and a password, to https',
    https: true,
    settings: (proxy) => ({ 'https-proxy': proxy }),
    proxy: { authorization: BASIC },
    user: USER,
  }),
  throughProxy({
    way: 'a proxy that wants a user and a password, to http',
    https: false,
    settings: (proxy) => ({ proxy }),
    proxy: { authorization: BASIC },
    user: USER,
  }),
  throughProxy({
    way: 'noproxy for another host',
    https: false,
    settings: (proxy) => ({ proxy, noproxy: 'other.test,egistry.test,*' }),
  }),
  notPastProxy('a proxy that is down', (proxy) => ({ proxy }), { down: true }),
  notPastProxy('a proxy that wants credentials, without any', (proxy) => ({ proxy }), {
    authorization: BASIC,
  }),
  notPastProxy(
    'a proxy that wants credentials, with wrong ones',
    (proxy) => ({ proxy: proxy.replace('://', '://ada:wrong@') }),
    { authorization: BASIC },
  ),
  notPastProxy('a proxy of a protocol that npm does not know', () => ({ proxy: 'ftp://127.0.0.1:9/' })),
  notPastProxy('a SOCKS proxy that is down', () => ({ proxy: 'socks5://127.0.0.1:9' })),
  {
    way: 'a proxy that speaks TLS with a certificate that nobody trusts',
    outcome: 'refused',
    lay: async () => {
      const registry = await registryWith();
      const proxy = await proxyTo(registry, { tls: true });
      return {
        settings: { proxy: proxy.url },
        below: { registry: registry.url },
        registries: { registry },
        seen: () => expect(registry.requests).toEqual([]),
      };
    },
  },
  {
    way: 'noproxy for the host',
    outcome: 'reached',
    lay: async () => {
      const registry = await registryWith();
      const proxy = await proxyTo(registry);
      return {
        settings: { proxy: proxy.url, noproxy: 'other.test,127.0.0.1' },
        below: { registry: registry.url },
        registries: { registry },
        seen: () => expect(proxy.requests).toEqual([]),
      };
    },
  },
  {
    way: 'proxy switched off (null)',
    outcome: 'reached',
    lay: async () => {
      const registry = await registryWith();
      return { settings: { proxy: 'null' }, below: { registry: registry.url }, registries: { registry } };
    },
  },
];

const ENVIRONMENT = ['environment'] as const;

function variable(name: string, https: boolean): Way {
  return {
    way: `the variable ${name}, to ${https ? 'https' : 'http'}`,
    outcome: 'reached',
    layers: ENVIRONMENT,
    built: true,
    lay: async () => {
      const registry = await registryWith({ tls: https });
      const proxy = await proxyTo(registry);
      return {
        settings: {},
        below: below(https),
        env: { [name]: proxy.url },
        registries: { registry },
        seen: () => expect(proxy.requests.length).toBeGreaterThan(0),
        forget: () => forget(proxy),
      };
    },
  };
}

function exempt(name: string, value: string, isExempt: boolean): Way {
  return {
    way: `the variable ${name}=${value}, beside a proxy that is down`,
    outcome: isExempt ? 'reached' : 'refused',
    layers: ENVIRONMENT,
    built: true,
    lay: async () => {
      const registry = await registryWith();
      return {
        settings: {},
        below: { registry: registry.url },
        env: { HTTPS_PROXY: 'http://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9', [name]: value },
        registries: { registry },
      };
    },
  };
}

const VARIABLES: readonly Way[] = [
  ...['HTTPS_PROXY', 'https_proxy'].flatMap((name) => [variable(name, true), variable(name, false)]),
  ...['HTTP_PROXY', 'http_proxy', 'PROXY', 'proxy'].map((name) => variable(name, false)),
  exempt('NO_PROXY', '127.0.0.1', true),
  exempt('no_proxy', 'other.test, 127.0.0.1', true),
  exempt('NO_PROXY', '*', false),
  exempt('NO_PROXY', '127.0.0.1:80', false),
  exempt('NO_PROXY', '.0.0.1', true),
  exempt('NO_PROXY', '7.0.0.1', false),
];

function throughSocks(
  protocol: string,
  https: boolean,
  plan: Partial<FakeSocksOptions> & { user?: string } = {},
): Way {
  const { user = '', ...options } = plan;
  const with_ = options.credentials === undefined ? '' : ', with credentials';
  return {
    way: `a ${protocol} proxy, to ${https ? 'https' : 'http'}${with_}`,
    outcome: 'reached',
    lay: async () => {
      const registry = await registryWith({ tls: https });
      const socks = await socksTo(registry, options);
      const byName = !/^socks[45]$/.test(protocol);
      const at = byName ? HOST : `127.0.0.1:${registry.port}`;
      return {
        settings: { [https ? 'https-proxy' : 'proxy']: `${protocol}://${user}127.0.0.1:${socks.port}` },
        below: { ...below(https), registry: `${https ? 'https' : 'http'}://${at}/` },
        registries: { registry },
        seen: () => expect(socks.requests).toMatchObject([{ host: byName ? HOST : '127.0.0.1' }]),
        forget: () => {
          (socks.requests as unknown[]).length = 0;
        },
      };
    },
  };
}

function socksRefuses(way: string, user: string, options: Partial<FakeSocksOptions>): Way {
  return {
    way,
    outcome: 'refused',
    lay: async () => {
      const registry = await registryWith();
      const socks = await socksTo(registry, options);
      return {
        settings: { proxy: `socks5://${user}127.0.0.1:${socks.port}` },
        below: { registry: registry.url },
        registries: { registry },
        seen: () => expect(registry.requests).toEqual([]),
      };
    },
  };
}

const SOCKS: readonly Way[] = [
  ...['socks', 'socks4', 'socks4a', 'socks5', 'socks5h'].flatMap((protocol) => [
    throughSocks(protocol, false),
    throughSocks(protocol, true),
  ]),
  throughSocks('socks5h', true, { credentials: 'ada:s3:cr@t', user: USER }),
  socksRefuses('a SOCKS proxy that refuses', '', { refuses: true }),
  socksRefuses('a SOCKS proxy that wants credentials, without any', '', { credentials: 'ada:s3cret' }),
  socksRefuses('a SOCKS proxy that wants credentials, with wrong ones', 'ada:wrong@', {
    credentials: 'ada:s3cret',
  }),
];

describeMatrix([...PROXIES, ...VARIABLES, ...SOCKS]);

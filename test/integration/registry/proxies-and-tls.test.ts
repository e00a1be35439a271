import { afterEach, describe, expect, it } from 'vitest';
import type { FactAnswer, PackageFacts } from '../../../src/model/facts.js';
import { createRegistrySource } from '../../../src/registry/registry-source.js';
import type { RegistrySettings } from '../../../src/registry/settings.js';
import { type FakeProxy, type FakeProxyOptions, startFakeProxy } from '../../support/fake-proxy.js';
import {
  type FakeRegistry,
  type FakeRegistryOptions,
  packument,
  startFakeRegistry,
} from '../../support/fake-registry.js';
import { lookupContext, named, queryFor, settingsFor, tokenFor } from '../../support/fake-settings.js';
import { testCertificates } from '../../support/tls-certificates.js';

const NAME = 'glimmer-tide';
const packages = { [NAME]: packument({ name: NAME }) };
const open: (() => Promise<void>)[] = [];
const trusted = (): Partial<RegistrySettings> => ({ ca: [testCertificates().ca] });
const through = (url: string): Partial<RegistrySettings> => ({
  proxy: { forHttps: url, forHttp: url, noProxy: [] },
});

afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function registryWith(options: FakeRegistryOptions = {}): Promise<FakeRegistry> {
  const registry = await startFakeRegistry({ packages, allowUnused: true, ...options });
  open.push(registry.close);
  return registry;
}

async function proxyTo(registry: FakeRegistry, options: Partial<FakeProxyOptions> = {}): Promise<FakeProxy> {
  const proxy = await startFakeProxy({ targetPort: registry.port, ...options });
  open.push(proxy.close);
  return proxy;
}

async function ask(url: string, changes: Partial<RegistrySettings> = {}): Promise<FactAnswer<PackageFacts>> {
  const source = createRegistrySource({ settings: settingsFor(url, changes), retries: 0, deadlineMs: 2_000 });
  open.push(() => source.close());
  const answers = await source.lookup([queryFor(NAME, url)], lookupContext());
  return answers.get(named(NAME)) as FactAnswer<PackageFacts>;
}

describe('TLS', () => {
  it('trusts the configured authorities only', async () => {
    const registry = await registryWith({ tls: true });
    expect(await ask(registry.url)).toMatchObject({ kind: 'unavailable', reason: 'network' });
    expect((await ask(registry.url, trusted())).kind).toBe('found');
  });

  it('trusts everybody without strict-ssl', async () => {
    const registry = await registryWith({ tls: true });
    expect((await ask(registry.url, { strictSsl: false })).kind).toBe('found');
  });

  it('shows the client certificate of the registry, or the global one', async () => {
    const registry = await registryWith({ tls: 'client' });
    const clientCertificate = testCertificates().client;
    expect((await ask(registry.url, trusted())).kind).toBe('unavailable');
    expect((await ask(registry.url, { ...trusted(), clientCertificate })).kind).toBe('found');
    const nothing = { authToken: null, basicAuth: null, username: null, encodedPassword: null };
    const credentials = { [`//127.0.0.1:${registry.port}/`]: { ...nothing, clientCertificate } };
    expect((await ask(registry.url, { ...trusted(), credentials })).kind).toBe('found');
  });

  it('uses the local address', async () => {
    const registry = await registryWith();
    expect((await ask(registry.url, { localAddress: '127.0.0.1' })).kind).toBe('found');
  });
});

describe.each([
  ['an http proxy', false],
  ['an https proxy', true],
])('%s', (_, tls) => {
  it('forwards http', async () => {
    const registry = await registryWith();
    const proxy = await proxyTo(registry, { tls });
    expect((await ask('http://npm.registry.test/', { ...trusted(), ...through(proxy.url) })).kind).toBe(
      'found',
    );
    expect(proxy.requests).toMatchObject([
      { method: 'GET', url: `http://npm.registry.test/${NAME}`, headers: { host: 'npm.registry.test' } },
    ]);
  });

  it('tunnels https', async () => {
    const registry = await registryWith({ tls: true, authorization: 'Bearer t' });
    const proxy = await proxyTo(registry, { tls });
    const settings = { ...trusted(), ...through(proxy.url), ...tokenFor('//npm.registry.test/', 't') };
    expect((await ask('https://npm.registry.test/', settings)).kind).toBe('found');
    expect(proxy.requests).toMatchObject([{ method: 'CONNECT', url: 'npm.registry.test:443' }]);
    expect(proxy.requests[0]?.headers['authorization']).toBeUndefined();
  });

  it('gets its own credentials, and nobody else does', async () => {
    const authorization = `Basic ${Buffer.from('ada:s3cret').toString('base64')}`;
    const [plain, secure] = [await registryWith(), await registryWith({ tls: true })];
    for (const [registry, url] of [
      [plain, 'http://npm.registry.test/'],
      [secure, 'https://npm.registry.test/'],
    ] as const) {
      const proxy = await proxyTo(registry, { tls, authorization });
      const refused = await ask(url, { ...trusted(), ...through(proxy.url) });
      expect(refused).toMatchObject({ kind: 'unavailable', reason: 'network' });
      const withUser = proxy.url.replace('://', '://ada:s3cret@');
      expect((await ask(url, { ...trusted(), ...through(withUser) })).kind).toBe('found');
      expect(registry.requests[0]?.headers['proxy-authorization']).toBeUndefined();
    }
  });
});

describe('other proxies', () => {
  it('are left out for noproxy', async () => {
    const registry = await registryWith();
    const proxy = await proxyTo(registry);
    const settings = { proxy: { forHttps: proxy.url, forHttp: proxy.url, noProxy: ['127.0.0.1'] } };
    expect((await ask(registry.url, settings)).kind).toBe('found');
    expect(proxy.requests).toHaveLength(0);
  });

  it('of other kinds are a clear failure', async () => {
    const registry = await registryWith();
    expect(await ask(registry.url, through('ftp://127.0.0.1:1080'))).toMatchObject({ reason: 'network' });
    expect(registry.requests).toHaveLength(0);
  });

  it('that are down are a network failure', async () => {
    const registry = await registryWith({ tls: true });
    const proxy = await startFakeProxy({ targetPort: registry.port });
    await proxy.close();
    expect(await ask('https://npm.registry.test/', through(proxy.url))).toMatchObject({ reason: 'network' });
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import type { FactAnswer, PackageFacts } from '../../../src/model/facts.js';
import { createRegistrySource } from '../../../src/registry/registry-source.js';
import { type FakeRegistry, packument, startFakeRegistry } from '../../support/fake-registry.js';
import { lookupContext, named, queryFor, settingsFor } from '../../support/fake-settings.js';
import { type FakeSocks, type FakeSocksOptions, startFakeSocks } from '../../support/fake-socks.js';
import { testCertificates } from '../../support/tls-certificates.js';

const NAME = 'glimmer-tide';
const packages = { [NAME]: packument({ name: NAME }) };
const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function start(
  tls: boolean,
  options: Partial<FakeSocksOptions> = {},
): Promise<{ readonly registry: FakeRegistry; readonly socks: FakeSocks }> {
  const registry = await startFakeRegistry({ packages, allowUnused: true, tls });
  const socks = await startFakeSocks({ targetPort: registry.port, ...options });
  open.push(registry.close, socks.close);
  return { registry, socks };
}

async function ask(url: string, proxy: string): Promise<FactAnswer<PackageFacts>> {
  const settings = settingsFor(url, {
    ca: [testCertificates().ca],
    proxy: { forHttps: proxy, forHttp: proxy, noProxy: [] },
  });
  const source = createRegistrySource({ settings, retries: 0, deadlineMs: 5_000 });
  open.push(() => source.close());
  const answers = await source.lookup([queryFor(NAME, url)], lookupContext());
  return answers.get(named(NAME)) as FactAnswer<PackageFacts>;
}

describe('a SOCKS proxy', () => {
  it.each([
    ['socks', 5],
    ['socks5h', 5],
    ['socks4a', 4],
  ])('%s: is given the name, for http and https', async (protocol, version) => {
    for (const tls of [false, true]) {
      const { socks } = await start(tls);
      const url = `${tls ? 'https' : 'http'}://npm.registry.test/`;
      expect((await ask(url, `${protocol}://127.0.0.1:${socks.port}`)).kind).toBe('found');
      expect(socks.requests).toEqual([
        { version, host: 'npm.registry.test', port: tls ? 443 : 80, credentials: null },
      ]);
    }
  });

  it.each([
    ['socks4', 4],
    ['socks5', 5],
  ])('%s: is given an address', async (protocol, version) => {
    const { socks } = await start(false);
    expect((await ask('http://localhost:4873/', `${protocol}://127.0.0.1:${socks.port}`)).kind).toBe('found');
    expect(socks.requests).toMatchObject([{ version, port: 4873 }]);
    expect(socks.requests[0]?.host).toMatch(/^(127\.0\.0\.1|(0000:){7}0001)$/);
  });

  it('is given an address of IPv6 as one', async () => {
    const { socks } = await start(false);
    await ask('http://[2001:db8::7:0:1]/', `socks5://127.0.0.1:${socks.port}`);
    expect(socks.requests).toMatchObject([{ host: '2001:0db8:0000:0000:0000:0007:0000:0001' }]);
  });

  it('gets its credentials', async () => {
    const { socks, registry } = await start(false, { credentials: 'ada:p@ss' });
    const at = `127.0.0.1:${socks.port}`;
    expect((await ask('http://npm.registry.test/', `socks5h://ada:p%40ss@${at}`)).kind).toBe('found');
    expect(registry.requests).toHaveLength(1);
    for (const proxy of [`socks5h://${at}`, `socks5h://ada:wrong@${at}`]) {
      expect(await ask('http://npm.registry.test/', proxy)).toMatchObject({ reason: 'network' });
    }
    expect(registry.requests).toHaveLength(1);
  });

  it('may answer byte by byte', async () => {
    const { socks } = await start(true, { credentials: 'ada:s3cret', drips: true });
    const proxy = `socks5h://ada:s3cret@127.0.0.1:${socks.port}`;
    expect((await ask('https://npm.registry.test/', proxy)).kind).toBe('found');
  });

  it.each([
    ['socks5h', /SOCKS_REFUSED/],
    ['socks4a', /SOCKS_REFUSED/],
  ])('%s that refuses is a failure, and nobody is asked directly', async (protocol, says) => {
    const { registry, socks } = await start(false, { refuses: true });
    const answer = await ask(registry.url, `${protocol}://127.0.0.1:${socks.port}`);
    expect(answer).toMatchObject({ reason: 'network', detail: expect.stringMatching(says) });
    expect(registry.requests).toEqual([]);
  });

  it('that speaks something else is a failure', async () => {
    const { registry } = await start(false);
    const answer = await ask('http://npm.registry.test/', `socks5h://127.0.0.1:${registry.port}`);
    expect(answer).toMatchObject({ kind: 'unavailable', reason: 'network' });
    expect(registry.requests).toEqual([]);
  });

  it('that is down is a failure', async () => {
    const { registry, socks } = await start(false);
    await socks.close();
    expect(await ask(registry.url, `socks5h://127.0.0.1:${socks.port}`)).toMatchObject({ reason: 'network' });
    expect(registry.requests).toEqual([]);
  });
});

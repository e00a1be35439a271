import { describe, expect, it } from 'vitest';
import { proxyFor } from '../../../src/registry/proxy.js';
import { basicAuthOf, parseRegistryUrl } from '../../../src/registry/registry-url.js';

const proxies = {
  forHttps: 'http://secure.proxy.test:3128',
  forHttp: 'http://plain.proxy.test',
  noProxy: [],
};
const kindFor = (url: string, noProxy: readonly string[]): string =>
  proxyFor({ ...proxies, noProxy }, new URL(url)).kind;

describe('the proxy', () => {
  it('is chosen by the protocol of the target', () => {
    expect(proxyFor(proxies, new URL('https://a.test/'))).toEqual({
      kind: 'proxy',
      origin: 'http://secure.proxy.test:3128',
      authorization: null,
    });
    expect(proxyFor(proxies, new URL('http://a.test/'))).toMatchObject({ origin: 'http://plain.proxy.test' });
    expect(proxyFor({ ...proxies, forHttp: null }, new URL('http://a.test/')).kind).toBe('direct');
  });

  it('gets its credentials apart from its address', () => {
    const choice = proxyFor(
      { ...proxies, forHttps: 'https://ada:p%40ss@proxy.test' },
      new URL('https://a.test/'),
    );
    const authorization = `Basic ${Buffer.from('ada:p@ss').toString('base64')}`;
    expect(choice).toEqual({ kind: 'proxy', origin: 'https://proxy.test', authorization });
  });

  it.each([
    ['socks', 5, true],
    ['socks5', 5, false],
    ['socks5h', 5, true],
    ['socks4', 4, false],
    ['socks4a', 4, true],
  ])('%s is SOCKS, as npm reads it', (protocol, version, resolvesNames) => {
    const forHttps = `${protocol}://ada:p%40ss@[::1]`;
    expect(proxyFor({ ...proxies, forHttps }, new URL('https://a.test/'))).toEqual({
      kind: 'socks',
      proxy: { version, resolvesNames, host: '::1', port: 1080, user: 'ada', password: 'p@ss' },
    });
  });

  it.each(['ftp://127.0.0.1:1080', 'proxy.test:3128', 'nonsense', 'socks5:'])(
    '%s is unsupported',
    (forHttps) => {
      expect(proxyFor({ ...proxies, forHttps }, new URL('https://a.test/')).kind).toBe('unsupported');
    },
  );

  it.each([
    ['the host itself', 'https://npm.corp.test/', ['npm.corp.test']],
    ['a domain above', 'https://npm.corp.test/', ['other.test', 'corp.test']],
    ['a leading dot', 'https://corp.test/', ['.corp.test']],
    ['an address', 'http://127.0.0.1:4873/', ['127.0.0.1']],
  ])('is left out for %s', (_, url, noProxy) => {
    expect(kindFor(url, noProxy)).toBe('direct');
  });

  it.each([
    ['part of a label', 'https://npm.mycorp.test/', ['corp.test']],
    ['a domain below', 'https://corp.test/', ['npm.corp.test']],
    ['a wildcard', 'https://npm.corp.test/', ['*', '*.corp.test']],
    ['a port', 'https://npm.corp.test:8443/', ['npm.corp.test:8443']],
    ['dots alone', 'https://npm.corp.test/', ['.', '']],
  ])('is not left out for %s', (_, url, noProxy) => {
    expect(kindFor(url, noProxy)).toBe('proxy');
  });
});

describe('a registry address', () => {
  it('is brought into one form, without credentials', () => {
    expect(parseRegistryUrl(' https://ada:secret@a.test/npm#x ')).toEqual({
      url: 'https://a.test/npm/',
      basicAuth: Buffer.from('ada:secret').toString('base64'),
    });
  });

  it('keeps its credentials as they are written, as npm sends them', () => {
    expect(parseRegistryUrl('https://ada:p%40ss@a.test/')?.basicAuth).toBe(
      Buffer.from('ada:p%40ss').toString('base64'),
    );
  });

  it.each(['ftp://a.test/', 'a.test', '', 'https://a.test/?x=1', '/npm'])('%j is none', (raw) => {
    expect(parseRegistryUrl(raw)).toBeNull();
  });

  it('may hold a password that is not percent-encoded', () => {
    expect(basicAuthOf(new URL('https://ada:100%@a.test'))).toBe(Buffer.from('ada:100%').toString('base64'));
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { credentialsFor } from '../../../src/registry/credentials.js';
import { firstHop, type Hop, nextHop } from '../../../src/registry/redirect.js';
import { registryFor, type StoredCredentials } from '../../../src/registry/settings.js';
import { named, settingsFor } from '../../support/fake-settings.js';

const REGISTRY = 'https://npm.registry.test/team/';
const none: StoredCredentials = {
  authToken: null,
  basicAuth: null,
  username: null,
  encodedPassword: null,
  clientCertificate: null,
};
const token = (authToken: string): StoredCredentials => ({ ...none, authToken });
const base64 = (text: string): string => Buffer.from(text).toString('base64');

function authorizationAt(url: string, credentials: Record<string, StoredCredentials>): string | null {
  return credentialsFor(settingsFor(REGISTRY, { credentials }), new URL(url)).authorization;
}

/** https://github.com/npm/npm-registry-fetch/blob/main/lib/auth.js, `regKeyFromURI`. */
function* walkUp(place: string): Generator<string> {
  for (let key = place; key.length > '//'.length; ) {
    yield key;
    key = key.endsWith('/') ? key.slice(0, -1) : key.slice(0, key.lastIndexOf('/') + 1);
  }
}

describe('credentials', () => {
  it('come from the most specific key on the way up the path', () => {
    const credentials = {
      '//npm.registry.test/': token('host'),
      '//npm.registry.test/team/': token('team'),
      '//npm.registry.test/team/deep': token('deep'),
    };
    expect(authorizationAt(`${REGISTRY}glimmer-tide`, credentials)).toBe('Bearer team');
    expect(authorizationAt(`${REGISTRY}deep/x`, credentials)).toBe('Bearer deep');
    expect(authorizationAt('https://npm.registry.test/other/x', credentials)).toBe('Bearer host');
    expect(authorizationAt('https://npm.registry.test/teams/x', credentials)).toBe('Bearer host');
  });

  it('are those that npm-registry-fetch comes to first as it walks up the path', () => {
    const place = fc.stringMatching(/^[ab/]{0,8}$/).map((path) => `//h.test/${path}`);
    const keys = fc.array(fc.oneof(place, fc.constantFrom('//h.test', '//h.tes', '//', '/', '')));
    fc.assert(
      fc.property(place, keys, (asked, stored) => {
        const credentials = Object.fromEntries(stored.map((key) => [key, token(key)]));
        const first = [...walkUp(asked)].find((key) => Object.hasOwn(credentials, key)) ?? null;
        expect(
          credentialsFor(settingsFor(REGISTRY, { credentials }), new URL(`https:${asked}`)).nerfDart,
        ).toBe(first);
      }),
    );
  });

  it('are found within a second under a megabyte of slashes', () => {
    const before = process.cpuUsage();
    authorizationAt(`https://h.test/${'a/'.repeat(500_000)}`, {
      '//h.test/': token('t'),
      '//h.test/b/': token('t'),
    });
    expect(process.cpuUsage(before).user).toBeLessThan(1_000_000);
  });

  it('are bound to host and port', () => {
    const credentials = { '//npm.registry.test:8443': token('t') };
    expect(authorizationAt('https://npm.registry.test:8443/x', credentials)).toBe('Bearer t');
    expect(authorizationAt('https://npm.registry.test/x', credentials)).toBeNull();
    expect(authorizationAt('https://npm.registry.test.evil.test:8443/x', credentials)).toBeNull();
  });

  it('prefer a token, then _auth, then name and password', () => {
    const key = '//npm.registry.test/team/';
    const all = {
      ...none,
      authToken: 't',
      basicAuth: 'YTpi',
      username: 'ada',
      encodedPassword: base64('pass:word'),
    };
    expect(authorizationAt(REGISTRY, { [key]: all })).toBe('Bearer t');
    expect(authorizationAt(REGISTRY, { [key]: { ...all, authToken: null } })).toBe('Basic YTpi');
    const named = { ...all, authToken: null, basicAuth: null };
    expect(authorizationAt(REGISTRY, { [key]: named })).toBe(`Basic ${base64('ada:pass:word')}`);
  });

  it('do not stop at a key that says nothing usable', () => {
    const credentials = {
      '//npm.registry.test/team/': { ...none, username: 'ada' },
      '//npm.registry.test/': token('host'),
    };
    expect(authorizationAt(REGISTRY, credentials)).toBe('Bearer host');
  });

  it('show the global client certificate to configured registries only, and prefer the one of the key', () => {
    const global = { cert: 'global', key: 'k' };
    const own = { cert: 'own', key: 'k' };
    const settings = settingsFor(REGISTRY, {
      clientCertificate: global,
      scopeRegistries: { '@inv': 'https://inv.registry.test/' },
      credentials: { '//inv.registry.test/': { ...none, clientCertificate: own } },
    });
    expect(credentialsFor(settings, new URL(`${REGISTRY}x`)).clientCertificate).toEqual(global);
    expect(credentialsFor(settings, new URL('https://inv.registry.test/x')).clientCertificate).toEqual(own);
    expect(credentialsFor(settings, new URL('https://counts.registry.test/x')).clientCertificate).toBeNull();
  });
});

describe('the responsible registry', () => {
  const scopeRegistries = { '@inv': 'https://inv.registry.test/', '@pub': 'http://public.registry.test' };
  const settings = settingsFor('https://public.registry.test/', { scopeRegistries });

  it('is that of the scope, before the default one', () => {
    expect(registryFor(settings, named('@inv/x'))).toEqual({
      url: 'https://inv.registry.test/',
      isPublic: false,
      isScopeRegistry: true,
      isChosenByUser: false,
      tarballBases: ['https://inv.registry.test/'],
      mirrors: [],
    });
    expect(registryFor(settings, named('@other/x'))).toEqual({
      url: 'https://public.registry.test/',
      isPublic: true,
      isScopeRegistry: false,
      tarballBases: [
        'https://public.registry.test/',
        'https://public.registry.test/',
        'https://registry.yarnpkg.com/',
      ],
      isChosenByUser: false,
      mirrors: [],
    });
    expect(registryFor(settings, named('inv')).isScopeRegistry).toBe(false);
  });

  it('is public by host and path, whatever the protocol and the last slash', () => {
    expect(registryFor(settings, named('@pub/x')).isPublic).toBe(true);
    expect(registryFor(settingsFor('https://public.registry.test/mirror/'), named('x')).isPublic).toBe(false);
  });
});

describe('a redirect', () => {
  const settings = settingsFor(REGISTRY, { credentials: { '//npm.registry.test/team/': token('secret') } });
  const start = firstHop(settings, new URL(`${REGISTRY}x`));

  function follow(location: string | null, from: Hop = start): Hop {
    const next = nextHop(settings, from, location);
    if (next.kind !== 'hop') throw new Error(next.detail);
    return next;
  }

  it('keeps the credentials within the path of their key', () => {
    expect(follow('/team/y')).toMatchObject({
      credentials: { authorization: 'Bearer secret' },
      withheld: false,
    });
  });

  it.each([
    ['another path', '/other/x'],
    ['another host', 'https://cdn.registry.test/team/x'],
    ['another port', 'https://npm.registry.test:8443/team/x'],
    ['a path that only looks deeper', '/team/../x'],
    ['user and password of the server', 'https://a:b@cdn.registry.test/team/x'],
  ])('leaves them behind for %s', (_, location) => {
    const next = follow(location);
    expect(next).toMatchObject({
      credentials: { authorization: null, clientCertificate: null },
      withheld: true,
    });
    expect(next.url.username).toBe('');
  });

  it('does not pick them up again on the way back', () => {
    const back = follow('/team/x', follow('/other/x'));
    expect(back).toMatchObject({ credentials: { authorization: null }, withheld: true });
  });

  it('does not pick up those of another host', () => {
    const both = settingsFor(REGISTRY, { credentials: { '//cdn.registry.test/': token('other') } });
    const next = nextHop(both, firstHop(both, new URL(`${REGISTRY}x`)), 'https://cdn.registry.test/x');
    expect(next).toMatchObject({ credentials: { authorization: null }, withheld: false });
  });

  it.each([
    ['to http, with credentials', 'http://npm.registry.test/team/x', 'network'],
    ['to a file', 'file:///etc/passwd', 'unreadable'],
    ['to nowhere', null, 'unreadable'],
    ['to nonsense', 'https://', 'unreadable'],
  ])('is refused %s', (_, location, reason) => {
    expect(nextHop(settings, start, location)).toMatchObject({ kind: 'failed', reason, retriable: false });
  });

  it('may go to http without credentials', () => {
    const bare = settingsFor(REGISTRY);
    const next = nextHop(bare, firstHop(bare, new URL(`${REGISTRY}x`)), 'http://npm.registry.test/team/x');
    expect(next.kind).toBe('hop');
  });

  it('is followed five times', () => {
    let hop: Hop = start;
    for (let count = 0; count < 5; count++) hop = follow('/team/x', hop);
    expect(nextHop(settings, hop, '/team/x')).toMatchObject({ kind: 'failed', reason: 'unreadable' });
  });
});

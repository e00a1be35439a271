import { afterEach, describe, expect, it } from 'vitest';
import { GuardError } from '../../../src/errors.js';
import type { DownloadFacts, RegistryRef } from '../../../src/model/facts.js';
import { downloadsServiceUrl } from '../../../src/registry/downloads-service.js';
import { createDownloadsSource } from '../../../src/registry/downloads-source.js';
import type { RegistrySettings } from '../../../src/registry/settings.js';
import {
  type FakeRegistry,
  type FakeRegistryOptions,
  startFakeRegistry,
} from '../../support/fake-registry.js';
import { lookupContext, named, queryFor, settingsFor, tokenFor } from '../../support/fake-settings.js';

const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function serviceWith(options: FakeRegistryOptions): Promise<FakeRegistry> {
  const service = await startFakeRegistry(options);
  open.push(service.close);
  return service;
}

function sourceFor(urlPrefix: string | null, settings: Partial<RegistrySettings> = {}) {
  const ports = { sleep: () => Promise.resolve(), random: () => 0.5 };
  const source = createDownloadsSource({
    settings: settingsFor('http://127.0.0.1:9/', settings),
    urlPrefix,
    ports,
  });
  open.push(() => source.close());
  return source;
}

const ask = (name: string, registry: Partial<RegistryRef> = {}) =>
  queryFor<DownloadFacts>(name, 'https://npm.registry.test/', registry);
const many = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `kelp-${index}`);

describe('download counts', () => {
  it('are asked for together, scoped ones alone', async () => {
    const counts = Object.fromEntries(many(130).map((name, index) => [name, index]));
    const service = await serviceWith({ downloads: { ...counts, '@inv/kelp': 7, 'kelp-3': null } });
    const source = sourceFor(`${service.downloadsUrl}/`);
    const context = lookupContext();
    const names = [...many(130), '@inv/kelp', '@inv/gone', 'kelp-0'];
    const answers = await source.lookup(
      names.map((name) => ask(name)),
      context,
    );
    expect(answers.get(named('kelp-129'))).toMatchObject({ kind: 'found', facts: { weeklyDownloads: 129 } });
    expect(answers.get(named('@inv/kelp'))).toMatchObject({ kind: 'found', facts: { weeklyDownloads: 7 } });
    expect(answers.get(named('kelp-3'))?.kind).toBe('absent');
    expect(answers.get(named('@inv/gone'))?.kind).toBe('absent');
    expect(context.answered).toHaveLength(132);
    expect(source.requests()).toBe(4);
    const urls = service.requests.map(({ url }) => url).sort();
    expect(urls[0]).toBe('/downloads/point/last-week/@inv/gone');
    expect(urls[2]).toBe(`/downloads/point/last-week/${many(128).join(',')}`);
    service.verify();
  });

  it('have no source for "none"', async () => {
    const source = sourceFor('none');
    const answers = await source.lookup([ask('kelp', { isPublic: true })], lookupContext());
    expect(answers.get(named('kelp'))).toMatchObject({ kind: 'unavailable', reason: 'no-source' });
    expect(source.requests()).toBe(0);
  });

  it('are by default for names of the public registry only', async () => {
    const source = sourceFor(null);
    const queries = [ask('kelp'), ask('@inv/kelp', { isPublic: true, isScopeRegistry: true })];
    const answers = await source.lookup(queries, lookupContext());
    expect([...answers.values()].map((answer) => answer.kind === 'unavailable' && answer.reason)).toEqual([
      'no-source',
      'no-source',
    ]);
    expect(source.requests()).toBe(0);
  });

  it('come from the public service for the others', async () => {
    const service = await serviceWith({ tls: true });
    // Nobody answers for that host here: the proxy is this machine's closed port.
    const source = sourceFor(null, { proxy: { forHttps: 'http://127.0.0.1:9', forHttp: null, noProxy: [] } });
    const answers = await source.lookup([ask('kelp', { isPublic: true })], lookupContext());
    expect(answers.get(named('kelp'))).toMatchObject({ kind: 'unavailable', reason: 'network' });
    expect(service.requests).toHaveLength(0);
  });

  it('are never asked for names of a scope with its own registry', async () => {
    const service = await serviceWith({ downloads: {} });
    const source = sourceFor(service.downloadsUrl);
    const answers = await source.lookup([ask('@inv/kelp', { isScopeRegistry: true })], lookupContext());
    expect(answers.get(named('@inv/kelp'))).toMatchObject({ reason: 'no-source' });
    expect(service.requests).toHaveLength(0);
  });

  it('get no credentials but their own', async () => {
    const service = await serviceWith({ downloads: { kelp: 5 } });
    const host = `//127.0.0.1:${service.port}`;
    await sourceFor(service.downloadsUrl, tokenFor(`${host}/npm/`, 'canary')).lookup(
      [ask('kelp')],
      lookupContext(),
    );
    await sourceFor(service.downloadsUrl, tokenFor(`${host}/downloads/`, 'own')).lookup(
      [ask('kelp')],
      lookupContext(),
    );
    expect(service.requests.map(({ headers }) => headers['authorization'])).toEqual([
      undefined,
      'Bearer own',
    ]);
  });
});

describe('a failing service', () => {
  it('is left alone once it limits the rate', async () => {
    const service = await serviceWith({
      downloads: {},
      faults: { downloads: [{ kind: 'rate-limit', retryAfter: '1' }] },
    });
    const source = sourceFor(service.downloadsUrl);
    const first = await source.lookup([ask('kelp')], lookupContext());
    const second = await source.lookup(
      many(5).map((name) => ask(name)),
      lookupContext(),
    );
    for (const answer of [...first.values(), ...second.values()])
      expect(answer).toMatchObject({ reason: 'rate-limited' });
    expect(service.requests).toHaveLength(1);
    service.verify();
  });

  it('is left alone after three failures in a row', async () => {
    const service = await serviceWith({
      downloads: {},
      faults: { downloads: [{ kind: 'status', status: 500, times: 'always' }] },
    });
    const source = sourceFor(service.downloadsUrl);
    for (const name of many(5)) {
      const answers = await source.lookup([ask(name)], lookupContext());
      expect(answers.get(named(name))).toMatchObject({ kind: 'unavailable', reason: 'server-error' });
    }
    expect(source.requests()).toBe(3 * 2);
  });

  it('is asked again after a success', async () => {
    const service = await serviceWith({
      downloads: Object.fromEntries(many(8).map((name) => [name, 1])),
      faults: { downloads: [{ kind: 'html' }, { kind: 'html' }] },
    });
    const source = sourceFor(service.downloadsUrl);
    const kinds: string[] = [];
    for (const name of many(5)) {
      const answers = await source.lookup([ask(name)], lookupContext());
      kinds.push(answers.get(named(name))?.kind ?? 'none');
    }
    expect(kinds).toEqual(['unavailable', 'unavailable', 'found', 'found', 'found']);
  });
});

describe('the address of the service', () => {
  it('is the public one, the given one or none', () => {
    expect(downloadsServiceUrl(null)).toMatch(/^https:.*\/downloads$/);
    expect(downloadsServiceUrl('http://127.0.0.1:9/counts//')).toBe('http://127.0.0.1:9/counts');
    expect(downloadsServiceUrl('none')).toBeNull();
  });

  it.each(['nonsense', 'ftp://a.test', 'https://a.test/?x=1', 'https://a.test/#x', 'https://u:p@a.test/'])(
    'cannot be %s',
    (url) => {
      const refusal = (): unknown => {
        try {
          return downloadsServiceUrl(url);
        } catch (error) {
          return error instanceof GuardError ? error.code : error;
        }
      };
      expect(refusal()).toBe('USAGE');
    },
  );
});

import { afterEach, describe, expect, it } from 'vitest';
import type { FactAnswer, PackageFacts } from '../../../src/model/facts.js';
import { createRegistrySource, type RegistrySourceOptions } from '../../../src/registry/registry-source.js';
import {
  type FakeRegistry,
  type FakeRegistryOptions,
  packument,
  startFakeRegistry,
} from '../../support/fake-registry.js';
import { lookupContext, named, queryFor, settingsFor, tokenFor } from '../../support/fake-settings.js';

type Made = Partial<RegistrySourceOptions> & { readonly query?: Parameters<typeof queryFor>[2] };

const NAME = 'glimmer-tide';
const packages = { [NAME]: packument({ name: NAME }) };
const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function registryWith(options: FakeRegistryOptions): Promise<FakeRegistry> {
  const registry = await startFakeRegistry(options);
  open.push(registry.close);
  return registry;
}

/** A source that waits in no time, and the waits that it was asked for. */
function sourceFor(registry: FakeRegistry, options: Made = {}) {
  const waits: number[] = [];
  const sleep = (ms: number): Promise<void> => {
    waits.push(Math.round(ms));
    return Promise.resolve();
  };
  const ports = { sleep, random: () => 0.5, ...options.ports };
  const source = createRegistrySource({ settings: settingsFor(registry.url), ...options, ports });
  open.push(() => source.close());
  return { source, waits };
}

async function ask(
  registry: FakeRegistry,
  options: Made = {},
  name = NAME,
): Promise<FactAnswer<PackageFacts>> {
  const { source } = sourceFor(registry, options);
  const answers = await source.lookup([queryFor(name, registry.url, options.query)], lookupContext());
  return answers.get(named(name)) as FactAnswer<PackageFacts>;
}

describe('answers', () => {
  it('are found or absent, once for each name', async () => {
    const registry = await registryWith({
      packages: {
        ...packages,
        '@inv/kelp': packument({ name: '@inv/kelp' }),
        JSONKelp: packument({ name: 'JSONKelp' }),
      },
      absent: ['no-such-kelp'],
    });
    const { source } = sourceFor(registry);
    const context = lookupContext();
    const names = [NAME, '@inv/kelp', 'JSONKelp', 'no-such-kelp', NAME];
    const answers = await source.lookup(
      names.map((name) => queryFor(name, registry.url)),
      context,
    );
    expect([...answers].map(([name, { kind }]) => [name, kind])).toEqual(
      expect.arrayContaining([
        [NAME, 'found'],
        ['@inv/kelp', 'found'],
        ['JSONKelp', 'found'],
        ['no-such-kelp', 'absent'],
      ]),
    );
    expect(answers.get(named(NAME))).toMatchObject({
      from: 'registry',
      fetchedAtMs: context.nowMs,
      facts: { releaseCount: 25 },
    });
    expect([...context.answered].sort()).toEqual([...answers.keys()].sort());
    expect(source.requests()).toBe(4);
    registry.verify();
  });

  it('are asked for in the way of npm', async () => {
    const registry = await registryWith({
      packages: { '@inv/kelp': packument({ name: '@inv/kelp' }) },
      basePath: '/npm/',
    });
    await ask(registry, {}, '@inv/kelp');
    expect(registry.requests[0]).toMatchObject({ method: 'GET', url: '/npm/@inv%2fkelp' });
    expect(registry.requests[0]?.headers).toMatchObject({
      accept: 'application/json',
      'accept-encoding': 'gzip, br',
    });
    expect(registry.requests[0]?.headers['user-agent']).toMatch(/^phantom-guard-install /);
    expect(registry.requests[0]?.headers['authorization']).toBeUndefined();
  });

  it('use the configured user agent', async () => {
    const registry = await registryWith({ packages });
    await ask(registry, { settings: settingsFor(registry.url, { userAgent: 'corp' }) });
    expect(registry.requests[0]?.headers['user-agent']).toBe('corp');
  });

  it('stay within the concurrency', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `kelp-${index}`);
    const registry = await registryWith({
      absent: names,
      faults: { '*': [{ kind: 'delay', ms: 20, times: 'always' }] },
    });
    const { source } = sourceFor(registry, { concurrency: 3 });
    const begun = performance.now();
    await source.lookup(
      names.map((name) => queryFor(name, registry.url)),
      lookupContext(),
    );
    expect(performance.now() - begun).toBeGreaterThan(4 * 20 - 10);
    registry.verify();
  });

  it('may be many at a time without a warning of Node', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `kelp-${index}`);
    const registry = await registryWith({
      absent: names,
      faults: { '*': [{ kind: 'delay', ms: 5, times: 'always' }] },
    });
    const warnings: Error[] = [];
    const note = (warning: Error): number => warnings.push(warning);
    process.on('warning', note);
    const { source } = sourceFor(registry);
    const run = new AbortController();
    const queries = names.map((name) => queryFor<PackageFacts>(name, registry.url));
    await source.lookup(queries, lookupContext({ signal: run.signal }));
    await new Promise((done) => setImmediate(done));
    process.off('warning', note);
    expect(warnings).toEqual([]);
  });

  it('are none for no names', async () => {
    const registry = await registryWith({});
    const { source } = sourceFor(registry);
    expect((await source.lookup([], lookupContext())).size).toBe(0);
    expect(source.requests()).toBe(0);
  });

  it.each(['gzip', 'br', 'deflate', 'deflate-raw'] as const)('are read from %s', async (encoding) => {
    const registry = await registryWith({ packages, encoding });
    expect((await ask(registry)).kind).toBe('found');
  });
});

describe('revalidation', () => {
  it('keeps the facts and renews the time', async () => {
    const registry = await registryWith({ packages });
    const { source } = sourceFor(registry);
    const query = queryFor<PackageFacts>(NAME, registry.url);
    const first = (await source.lookup([query], lookupContext())).get(named(NAME));
    if (first?.kind !== 'found') throw new Error('not found');
    const later = lookupContext({ nowMs: Date.UTC(2026, 1, 1) });
    const again = await source.lookup([{ ...query, previous: { ...first, from: 'cache' } }], later);
    expect(first.etag).not.toBeNull();
    expect(registry.requests[1]?.headers['if-none-match']).toBe(first.etag);
    expect(again.get(named(NAME))).toEqual({ ...first, fetchedAtMs: later.nowMs, from: 'registry' });
  });

  it('never sends a validator that is no header', async () => {
    const registry = await registryWith({ packages });
    const { source } = sourceFor(registry);
    const previous = {
      kind: 'found',
      facts: {} as PackageFacts,
      fetchedAtMs: 0,
      etag: '"a"\r\nx: y',
      from: 'cache',
    } as const;
    await source.lookup([{ ...queryFor<PackageFacts>(NAME, registry.url), previous }], lookupContext());
    expect(registry.requests[0]?.headers['if-none-match']).toBeUndefined();
  });

  it('is not believed unasked', async () => {
    const registry = await registryWith({ faults: { [NAME]: [{ kind: 'status', status: 304 }] } });
    expect(await ask(registry)).toMatchObject({ kind: 'unavailable', reason: 'unreadable' });
  });

  it('ignores a validator that is none', async () => {
    const body = JSON.stringify(packages[NAME]);
    const registry = await registryWith({
      faults: { [NAME]: [{ kind: 'raw', body, headers: { etag: '"é"' } }] },
    });
    expect(await ask(registry)).toMatchObject({ kind: 'found', etag: null });
  });
});

describe('refusals', () => {
  it.each([
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [400, 'unreadable'],
    [204, 'unreadable'],
  ])('status %i is %s, at once', async (status, reason) => {
    const registry = await registryWith({ faults: { [NAME]: [{ kind: 'status', status }] } });
    expect(await ask(registry)).toMatchObject({ kind: 'unavailable', reason });
    expect(registry.requests).toHaveLength(1);
  });

  it('status 451 is a package that exists and is not served', async () => {
    const registry = await registryWith({ faults: { [NAME]: [{ kind: 'status', status: 451 }] } });
    expect(await ask(registry)).toMatchObject({
      kind: 'found',
      facts: { withheld: true, unpublished: false, releaseCount: null },
    });
    expect(registry.requests).toHaveLength(1);
  });

  it.each([404, 410])('status %i is no proof in a scope with its own registry', async (status) => {
    const registry = await registryWith({ faults: { '*': [{ kind: 'status', status, times: 2 }] } });
    expect((await ask(registry)).kind).toBe('absent');
    expect(await ask(registry, { query: { isScopeRegistry: true } })).toMatchObject({
      reason: 'private-scope',
    });
  });

  it.each([
    ['a login page', { kind: 'html' }],
    ['no JSON', { kind: 'raw', body: '{"name":' }],
    ['an error', { kind: 'raw', body: '{"error":"not_found"}' }],
    ['null', { kind: 'raw', body: 'null' }],
    ['another package', { kind: 'wrong-name', name: 'glimmer-tides' }],
    ['an unknown encoding', { kind: 'raw', body: 'x', headers: { 'content-encoding': 'zstd' } }],
    ['a broken encoding', { kind: 'raw', body: 'this is not gzip', headers: { 'content-encoding': 'gzip' } }],
  ] as const)('%s is unreadable', async (_, fault) => {
    const registry = await registryWith({ packages, faults: { [NAME]: [fault] } });
    expect(await ask(registry)).toMatchObject({ kind: 'unavailable', reason: 'unreadable' });
    registry.verify();
  });

  it.each([
    ['by length', { kind: 'raw', body: ' '.repeat(20_000), headers: { 'content-length': '20000' } }],
    ['by count', { kind: 'huge', bytes: 20_000 }],
    ['gzip bomb', { kind: 'huge', bytes: 5_000_000, encoding: 'gzip' }],
    ['brotli bomb', { kind: 'huge', bytes: 5_000_000, encoding: 'br' }],
  ] as const)('a body too large (%s) is not read', async (_, fault) => {
    const registry = await registryWith({ faults: { [NAME]: [fault] } });
    expect(await ask(registry, { maxBodyBytes: 10_000 })).toMatchObject({ reason: 'too-large' });
  });

  it('no registry address is a network failure', async () => {
    const registry = await registryWith({});
    expect(await ask(registry, { query: { url: 'file:///x/' } })).toMatchObject({ reason: 'network' });
  });

  it('name no foreign text', async () => {
    const registry = await registryWith({
      faults: { [NAME]: [{ kind: 'status', status: 403, body: '\u001b[31mgo away' }] },
    });
    expect(JSON.stringify(await ask(registry))).not.toMatch(/go away|u001b/);
  });
});

describe('retries', () => {
  it.each([
    ['5xx', { kind: 'status', status: 503, times: 2 }],
    ['resets', { kind: 'reset', times: 2 }],
    ['truncated bodies', { kind: 'truncated', times: 2 }],
    ['truncated gzip', { kind: 'truncated', encoding: 'gzip', times: 2 }],
  ] as const)('follow %s', async (_, fault) => {
    const registry = await registryWith({ packages, faults: { [NAME]: [fault] } });
    const { source, waits } = sourceFor(registry);
    const answers = await source.lookup([queryFor(NAME, registry.url)], lookupContext());
    expect(answers.get(named(NAME))?.kind).toBe('found');
    expect(waits).toEqual([100, 200]);
    expect(source.requests()).toBe(3);
    registry.verify();
  });

  it('end', async () => {
    const registry = await registryWith({ faults: { [NAME]: [{ kind: 'status', status: 500, times: 2 }] } });
    expect(await ask(registry, { retries: 1 })).toMatchObject({
      kind: 'unavailable',
      reason: 'server-error',
    });
    registry.verify();
  });

  it('are as many as npm is told', async () => {
    const registry = await registryWith({ faults: { [NAME]: [{ kind: 'status', status: 500 }] } });
    const settings = settingsFor(registry.url, { fetchRetries: 0 });
    expect(await ask(registry, { settings })).toMatchObject({ reason: 'server-error' });
  });

  it('do not help against a closed port', async () => {
    const registry = await startFakeRegistry({});
    await registry.close();
    expect(await ask(registry)).toMatchObject({ kind: 'unavailable', reason: 'network' });
  });

  it('wait as long as a busy server asks', async () => {
    const registry = await registryWith({
      packages,
      faults: { [NAME]: [{ kind: 'rate-limit', retryAfter: '2', times: 4 }] },
    });
    const { source, waits } = sourceFor(registry);
    const answers = await source.lookup([queryFor(NAME, registry.url)], lookupContext());
    expect(answers.get(named(NAME))?.kind).toBe('found');
    expect(waits).toEqual([2_125, 2_125, 2_125, 2_125]);
    registry.verify();
  });

  it('do not wait beyond the deadline', async () => {
    const registry = await registryWith({ faults: { [NAME]: [{ kind: 'rate-limit', retryAfter: '60' }] } });
    expect(await ask(registry)).toMatchObject({ kind: 'unavailable', reason: 'rate-limited' });
    expect(registry.requests).toHaveLength(1);
  });
});

describe('deadlines', () => {
  it.each([
    ['no answer', { kind: 'hang' }],
    ['a body in drops', { kind: 'slow-loris', everyMs: 5 }],
  ] as const)('end %s', async (_, fault) => {
    const registry = await registryWith({ faults: { [NAME]: [fault] } });
    expect(await ask(registry, { deadlineMs: 60 })).toMatchObject({ kind: 'unavailable', reason: 'timeout' });
    expect(registry.requests).toHaveLength(1);
  });

  it('end a wait', async () => {
    const registry = await registryWith({ faults: { [NAME]: [{ kind: 'status', status: 500 }] } });
    const source = createRegistrySource({
      settings: settingsFor(registry.url),
      deadlineMs: 60,
      // a clock that stands still, so that the wait is begun
      ports: {
        now: () => 0,
        random: () => 0.25,
        sleep: (_ms, signal) => new Promise((_done, fail) => signal.addEventListener('abort', fail)),
      },
    });
    open.push(() => source.close());
    const answers = await source.lookup([queryFor(NAME, registry.url)], lookupContext());
    expect(answers.get(named(NAME))).toMatchObject({ reason: 'timeout' });
  });

  it('do not wait for the end of an error page', async () => {
    const registry = await registryWith({
      faults: { [NAME]: [{ kind: 'slow-loris', everyMs: 5, status: 404 }] },
    });
    expect((await ask(registry, { deadlineMs: 60 })).kind).toBe('absent');
  });

  it('of the run leave nothing unanswered', async () => {
    const names = Array.from({ length: 10 }, (_, index) => `kelp-${index}`);
    const registry = await registryWith({ faults: { '*': [{ kind: 'hang', times: 'always' }] } });
    const { source } = sourceFor(registry, { concurrency: 2 });
    const run = new AbortController();
    const context = lookupContext({ signal: run.signal });
    setTimeout(() => run.abort(), 40);
    const answers = await source.lookup(
      names.map((name) => queryFor(name, registry.url)),
      context,
    );
    expect([...answers.values()].map((answer) => answer.kind === 'unavailable' && answer.reason)).toEqual(
      names.map(() => 'aborted'),
    );
    expect(context.answered).toHaveLength(10);
    expect(registry.requests).toHaveLength(2);
  });

  it('use real pauses by default', async () => {
    const registry = await registryWith({ packages, faults: { [NAME]: [{ kind: 'status', status: 500 }] } });
    const source = createRegistrySource({
      settings: settingsFor(registry.url),
      ports: { random: () => 0.05 },
    });
    open.push(() => source.close());
    const answers = await source.lookup([queryFor(NAME, registry.url)], lookupContext());
    expect(answers.get(named(NAME))?.kind).toBe('found');
  });
});

describe('a document that leaves out its name', () => {
  it('is judged on the rest', async () => {
    const { name: _, ...nameless } = packument({ name: NAME });
    const raw = { kind: 'raw', body: JSON.stringify(nameless) } as const;
    const registry = await registryWith({ packages, faults: { [NAME]: [raw] } });
    expect(await ask(registry)).toMatchObject({ kind: 'found', facts: { releaseCount: 25 } });
  });
});

describe('redirects', () => {
  it('of a name in a scope with its own registry are not followed to another host', async () => {
    const other = await registryWith({});
    const registry = await registryWith({
      packages: { '@inv/kelp': packument({ name: '@inv/kelp' }) },
      faults: { '@inv/kelp': [{ kind: 'redirect', to: `${other.url}@inv%2fkelp` }] },
    });
    const answer = await ask(registry, { query: { isScopeRegistry: true } }, '@inv/kelp');
    expect(answer).toMatchObject({ kind: 'unavailable', reason: 'network' });
    expect(other.requests).toEqual([]);
  });

  it('are followed', async () => {
    const registry = await registryWith({
      packages: { ...packages },
      faults: {
        [NAME]: [
          { kind: 'redirect', to: `/${NAME}`, times: 4 },
          { kind: 'redirect', to: NAME, status: 308 },
        ],
      },
    });
    expect((await ask(registry)).kind).toBe('found');
    expect(registry.requests).toHaveLength(6);
  });

  it.each([
    ['in a circle', `/${NAME}`],
    ['out of http', 'file:///etc/passwd'],
  ])('are not followed %s', async (_, to) => {
    const registry = await registryWith({ faults: { [NAME]: [{ kind: 'redirect', to, times: 'always' }] } });
    expect(await ask(registry)).toMatchObject({ kind: 'unavailable', reason: 'unreadable' });
  });

  it('take the token to nobody else', async () => {
    const canary = 'canary-51f0';
    const other = await registryWith({ packages, absent: ['gone-kelp'] });
    const registry = await registryWith({
      authorization: `Bearer ${canary}`,
      faults: {
        [NAME]: [{ kind: 'redirect', to: `${other.url}${NAME}` }],
        'gone-kelp': [{ kind: 'redirect', to: `${other.url}gone-kelp` }],
      },
    });
    const nerfDart = `//127.0.0.1:${registry.port}/`;
    const settings = settingsFor(registry.url, tokenFor(nerfDart, canary));
    const answers = [await ask(registry, { settings }), await ask(registry, { settings }, 'gone-kelp')];
    expect(answers).toMatchObject([{ kind: 'found' }, { kind: 'unavailable', reason: 'unauthorized' }]);
    expect(registry.requests.map(({ headers }) => headers['authorization'])).toEqual([
      `Bearer ${canary}`,
      `Bearer ${canary}`,
    ]);
    expect(JSON.stringify(other.requests)).not.toContain(canary);
    expect(JSON.stringify(answers)).not.toContain(canary);
    expect(registry.requests.some(({ url }) => url.includes(canary))).toBe(false);
  });

  it('keep the token within its registry', async () => {
    const registry = await registryWith({
      packages,
      authorization: 'Bearer t',
      faults: { [NAME]: [{ kind: 'redirect', to: `/${NAME}` }] },
    });
    const settings = settingsFor(registry.url, tokenFor(`//127.0.0.1:${registry.port}/`, 't'));
    expect((await ask(registry, { settings })).kind).toBe('found');
  });
});

it('a credential that is no header is a failure without its text', async () => {
  const registry = await registryWith({ packages });
  const settings = settingsFor(registry.url, tokenFor(`//127.0.0.1:${registry.port}/`, 'canary\nx'));
  const answer = await ask(registry, { settings });
  expect(answer).toMatchObject({ kind: 'unavailable', reason: 'network' });
  expect(JSON.stringify(answer)).not.toContain('canary');
});

import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { createRegistrySource } from '../../../src/registry/registry-source.js';
import { listen } from '../../support/fake-listen.js';
import { type FakeRegistryOptions, packument, startFakeRegistry } from '../../support/fake-registry.js';
import { lookupContext, settingsFor } from '../../support/fake-settings.js';
import { openPool, type Pool, type PoolOptions, queries, soundNames, WORKER } from './support.js';

const NAMES = soundNames(30);
const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

function opened(url: string, options: PoolOptions = {}): Pool {
  const inLine = createRegistrySource({ settings: settingsFor(url), concurrency: 8 });
  const pool = openPool({ entry: WORKER, registry: url, inLine, ...options });
  open.push(pool.close, () => inLine.close());
  return pool;
}

async function registryWith(options: FakeRegistryOptions): Promise<string> {
  const registry = await startFakeRegistry(options);
  open.push(registry.close);
  return registry.url;
}

type Silent = {
  readonly url: string;
  /** Requests under way, now and at most. */
  readonly underWay: () => number;
  readonly most: () => number;
  /** Resolves with the first request. */
  readonly asked: Promise<void>;
};

/** A registry that answers after `delayMs`; `null` = never. */
async function slowRegistry(delayMs: number | null): Promise<Silent> {
  let [underWay, most] = [0, 0];
  let tell: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const server = createServer((_, response) => {
    most = Math.max(most, ++underWay);
    response.on('close', () => underWay--);
    tell();
    if (delayMs !== null) setTimeout(() => response.writeHead(404).end('{}'), delayMs);
  });
  const url = `http://127.0.0.1:${await listen(server)}/`;
  open.push(() => new Promise((done) => server.close(done).closeAllConnections()));
  return { url, asked, underWay: () => underWay, most: () => most };
}

describe('threads that ask a registry', () => {
  it('give the answers that the calling thread gives', async () => {
    const found = NAMES.filter((_, index) => index % 3 !== 0);
    const url = await registryWith({
      packages: Object.fromEntries(found.map((name) => [name, packument({ name })])),
      absent: NAMES.filter((name) => !found.includes(name)),
    });
    const there = await opened(url).source.lookup(queries(NAMES, url), lookupContext());
    const here = await opened(url, { workers: 0 }).source.lookup(queries(NAMES, url), lookupContext());
    expect(Object.fromEntries(there)).toEqual(Object.fromEntries(here));
    expect(there.size).toBe(NAMES.length);
  });

  it('revalidate what is known, and count the requests, retries included', async () => {
    const [name = ''] = NAMES;
    const url = await registryWith({
      packages: { [name]: packument({ name }) },
      faults: { [name]: [{ kind: 'status', status: 503 }] },
    });
    const pool = opened(url);
    const context = lookupContext();
    const first = await pool.source.lookup(queries([name], url), context);
    expect(pool.source.threads()?.requests()).toBe(2);
    const answer = [...first.values()].find((one) => one.kind === 'found');
    if (answer?.kind !== 'found') throw new Error('not found');
    const again = queries([name], url).map((query) => ({ ...query, previous: answer }));
    const second = await pool.source.lookup(again, { ...context, nowMs: context.nowMs + 1 });
    expect([...second.values()]).toEqual([{ ...answer, fetchedAtMs: context.nowMs + 1 }]);
  });

  it.each([1, 2, 3, 5, 64])('have no more than %i requests under way together', async (concurrency) => {
    const registry = await slowRegistry(20);
    const pool = opened(registry.url, { concurrency, workers: 3 });
    await pool.source.lookup(queries(soundNames(80), registry.url), lookupContext());
    expect(registry.most()).toBeLessThanOrEqual(concurrency);
  });
});

describe('the end of a run reaches the threads', () => {
  it('when the user gives up', async () => {
    const registry = await slowRegistry(null);
    const run = new AbortController();
    void registry.asked.then(() => run.abort());
    const context = lookupContext({ signal: run.signal });
    const answers = await opened(registry.url).source.lookup(queries(NAMES, registry.url), context);
    expect(answers.size).toBe(NAMES.length);
    for (const answer of answers.values()) expect(answer).toMatchObject({ reason: 'aborted' });
    await expect.poll(registry.underWay).toBe(0);
  });

  it('when its time is up', async () => {
    const registry = await slowRegistry(null);
    const context = lookupContext({ signal: AbortSignal.timeout(400) });
    const answers = await opened(registry.url).source.lookup(queries(NAMES, registry.url), context);
    expect(answers.size).toBe(NAMES.length);
    for (const answer of answers.values())
      expect(answer).toMatchObject({ reason: 'timeout', detail: 'the time for the whole run was used up' });
    await expect.poll(registry.underWay).toBe(0);
  });

  it('before it has begun', async () => {
    const registry = await slowRegistry(0);
    const context = lookupContext({ signal: AbortSignal.abort() });
    const answers = await opened(registry.url).source.lookup(queries(NAMES, registry.url), context);
    for (const answer of answers.values()) expect(answer).toMatchObject({ reason: 'aborted' });
    expect(registry.most()).toBe(0);
  });

  it('and so does the time limit of one package', async () => {
    const registry = await slowRegistry(null);
    const pool = opened(registry.url, { deadlineMs: 200 });
    const answers = await pool.source.lookup(queries(NAMES.slice(0, 4), registry.url), lookupContext());
    for (const answer of answers.values())
      expect(answer).toMatchObject({
        reason: 'timeout',
        detail: expect.stringContaining('within 200 ms'),
      });
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPlugin, verdaccios } from '../../support/verdaccio.js';
import {
  CHILD,
  CLOSED,
  ESTABLISHED,
  type GatewayWorld,
  HEALTHY,
  LISTED,
  PRIVATE,
  SCOPED_SQUAT,
  SQUAT,
  startWorld,
} from './support.js';

const { programs, skipped } = verdaccios();
for (const reason of skipped) it.skip(reason);

type Document = {
  readonly versions: Readonly<Record<string, { readonly dist: { readonly tarball: string } }>>;
  readonly time?: Readonly<Record<string, string>>;
  readonly 'dist-tags': Readonly<Record<string, string>>;
};

/** What somebody else publishes under a name of the organisation's. */
const newerSquat = (name: string) => ({
  name,
  ageDays: 1,
  repository: null,
  description: null,
  versions: { '99.0.0': { manifest: { scripts: { install: 'x' } } } },
});

const plugins = programs.length === 0 ? '' : buildPlugin();

describe.each(programs)('Verdaccio $version with the gateway', (program) => {
  let world: GatewayWorld;
  let token: string;
  beforeAll(async () => {
    world = await startWorld(program, plugins);
    token = await world.verdaccio.addUser('zq-user', 'zq-password');
  });
  afterAll(() => world?.close());

  const documentOf = async (name: string): Promise<Document> =>
    JSON.parse((await world.get(name)).body) as Document;

  it('finds nothing wrong with itself', async () => {
    const { status, body } = await world.get('-/phantom-guard/health');
    expect([status, JSON.parse(body)]).toMatchObject([200, { status: 'ok', problems: [] }]);
  });

  it.each([
    ['its document', SQUAT],
    ['a version', `${SQUAT}/1.0.0`],
    ['a tag', `${SQUAT}/latest`],
    ['a trailing slash', `${SQUAT}/`],
    ['a query', `${SQUAT}?write=true`],
    ['an encoded letter', `%7Aq-express-guard-kit`],
    ['a scoped name as npm asks for it', SCOPED_SQUAT.replace('/', '%2f')],
    ['a scoped name in two segments', SCOPED_SQUAT],
    ['a scope with an encoded @', `%40zq-invented%2Fexpress-guard-kit`],
    ['a version of a scoped name', `${SCOPED_SQUAT.replace('/', '%2f')}/1.0.0`],
    ['a tarball', `${SQUAT}/-/${SQUAT}-1.0.0.tgz`],
    ['a tarball with an encoded name', `%7Aq-express-guard-kit/-/%7Aq-express-guard-kit-1.0.0.tgz`],
    ['a tarball of a scoped name', `${SCOPED_SQUAT}/-/express-guard-kit-1.0.0.tgz`],
    ['one with the slash encoded', `${SCOPED_SQUAT.replace('/', '%2f')}/-/express-guard-kit-1.0.0.tgz`],
    ['one with its scope', `${SCOPED_SQUAT.replace('/', '%2f')}/-/@zq-invented/express-guard-kit-1.0.0.tgz`],
    ['a tarball that does not exist', `${SQUAT}/-/${SQUAT}-7.0.0.tgz`],
  ])('refuses a fresh squat with 403 and the reason: %s', async (_, asked) => {
    world.upstream.reset();
    const { status, headers, body } = await world.get(asked);
    const { error } = JSON.parse(body) as { readonly error: string };
    expect(status).toBe(403);
    expect(error).toMatch(/^phantom-guard: \S*express-guard-kit is high-risk; .*RECENTLY_CREATED/);
    expect(headers.get('npm-notice')).toBe(error);
    expect(world.upstream.requestedTarballs()).toEqual([]);
  });

  it('refuses HEAD as it does GET', async () => {
    expect((await world.get(`${SQUAT}/-/${SQUAT}-1.0.0.tgz`, {}, 'HEAD')).status).toBe(403);
    expect((await world.get(SQUAT, {}, 'HEAD')).status).toBe(403);
  });

  it('leaves a healthy package as it is', async () => {
    const document = await documentOf(HEALTHY);
    expect(Object.keys(document.versions)).toEqual(['1.0.0', '1.1.0', '2.0.0']);
    expect(document['dist-tags']).toEqual({ latest: '2.0.0' });
    expect((await world.get(`${HEALTHY}/-/${HEALTHY}-2.0.0.tgz`)).status).toBe(200);
    expect((await world.get(`${HEALTHY}/1.1.0`)).status).toBe(200);
  });

  it.each([
    ['a name that is not established', LISTED, ['1.0.0', '1.1.0'], '1.1.0', '1.2.0'],
    ['an established name', ESTABLISHED, ['4.0.0', '4.1.0'], '4.1.0', '9.9.9'],
  ])('takes out a version that a feed lists, with its tags: %s', async (_, name, left, latest, bad) => {
    const document = await documentOf(name);
    expect(Object.keys(document.versions)).toEqual(left);
    expect(document['dist-tags']).toEqual({ latest });
    expect(Object.keys(document.time ?? {})).not.toContain(bad);
    expect((await world.get(`${name}/-/${name}-${latest}.tgz`)).status).toBe(200);
    for (const asked of [`${name}/${bad}`, `${name}/-/${name}-${bad}.tgz`]) {
      const answer = await world.get(asked);
      expect([asked, answer.status, answer.headers.get('npm-notice')]).toEqual([
        asked,
        403,
        expect.stringMatching(new RegExp(`^phantom-guard: ${name}@${bad} .*KNOWN_MALICIOUS`)),
      ]);
    }
  });

  it('leaves what the organisation publishes alone, and asks nobody for it', async () => {
    world.upstream.reset();
    const definition = {
      name: PRIVATE,
      ageDays: 0,
      versions: { '1.0.0': { manifest: { scripts: { postinstall: 'x' } } } },
    };
    expect(await world.publish(definition, token)).toBe(201);
    const document = await documentOf(PRIVATE.replace('/', '%2f'));
    expect(Object.keys(document.versions)).toEqual(['1.0.0']);
    expect(
      (await world.get(new URL(document.versions['1.0.0']?.dist.tarball ?? '').pathname.slice(1))).status,
    ).toBe(200);
    expect(world.upstream.requests).toEqual([]);
  });

  it('leaves a package alone that was published here and that no uplink has', async () => {
    const name = 'zq-express-guard-here';
    expect(await world.publish({ name, ageDays: 0, versions: { '1.0.0': {} } }, token)).toBe(201);
    world.upstream.reset();
    expect((await world.get(`${name}/-/${name}-1.0.0.tgz`)).status).toBe(200);
    expect(world.upstream.requests).toEqual([]);
    expect(Object.keys((await documentOf(name)).versions)).toEqual(['1.0.0']);
    expect((await world.get(`${name}/-/${name}-1.0.0.tgz`)).status).toBe(200);
  });

  it('keeps the versions of the organisation where an uplink gets a squat of the same name', async () => {
    const name = 'zq-express-guard-mine';
    expect(await world.publish({ name, ageDays: 0, versions: { '1.0.0': {} } }, token)).toBe(201);
    world.upstream.publish(newerSquat(name));
    const document = await documentOf(name);
    expect([Object.keys(document.versions), document['dist-tags']]).toEqual([['1.0.0'], { latest: '1.0.0' }]);
    expect((await world.get(`${name}/-/${name}-1.0.0.tgz`)).status).toBe(200);
    expect((await world.get(`${name}/-/${name}-99.0.0.tgz`)).status).toBe(403);
  });

  it.each([
    ['nobody has asked for', 'zq-express-guard-new', false],
    ['somebody has asked for', 'zq-express-guard-seen', true],
    ['with a scope', '@zq-invented/express-guard-new', false],
  ])('gets no tarball of a squat for a package published here that %s', async (_, name, isSeen) => {
    expect(await world.publish({ name, ageDays: 0, versions: { '1.0.0': {} } }, token)).toBe(201);
    if (isSeen) expect(Object.keys((await documentOf(name)).versions)).toEqual(['1.0.0']);
    world.upstream.publish(newerSquat(name));
    world.upstream.reset();
    const file = name.slice(name.indexOf('/') + 1);
    expect((await world.get(`${name}/-/${file}-99.0.0.tgz`)).status).toBe(403);
    expect(world.upstream.requestedTarballs()).toEqual([]);
    expect((await world.get(`${name}/-/${file}-1.0.0.tgz`)).status).toBe(200);
  });

  it('asks no uplink for who may not see the package', async () => {
    world.upstream.reset();
    const { status } = await world.get(`${CLOSED}/-/tool-1.0.0.tgz`);
    expect(status).toBe(401);
    expect(world.upstream.requests).toEqual([]);
  });

  it('says of a name that nobody owns what Verdaccio says', async () => {
    expect((await world.get('zq-nobody-owns-this')).status).toBe(404);
    expect((await world.get('zq-nobody-owns-this/-/zq-nobody-owns-this-1.0.0.tgz')).status).toBe(404);
  });

  it('logs who was refused what and why, and nothing that passed', async () => {
    await world.get(`${SQUAT}/-/${SQUAT}-1.0.0.tgz`, { authorization: `Bearer ${token}` });
    await world.get(CHILD);
    await expect.poll(() => world.log().at(-1)).toMatchObject({ user: 'zq-user' });
    const last = world.log().at(-1);
    expect(last).toEqual({
      time: expect.stringMatching(/^20\d\d-/),
      user: 'zq-user',
      ip: expect.stringContaining('127.0.0.1'),
      name: SQUAT,
      version: '1.0.0',
      action: 'block',
      served: false,
      signals: expect.arrayContaining(['RECENTLY_CREATED', 'INSTALL_SCRIPT']),
      reason: expect.stringMatching(/^phantom-guard: /),
      elapsedMs: expect.any(Number),
    });
    expect(world.log().filter(({ action }) => action === 'allow')).toEqual([]);
  });

  it('counts for Prometheus', async () => {
    const { status, headers, body } = await world.get('-/phantom-guard/metrics');
    expect([status, headers.get('content-type')]).toEqual([
      200,
      expect.stringMatching(/^text\/plain;.*version=0\.0\.4/),
    ]);
    const metricOf = (metric: string): number =>
      Number(
        body
          .split('\n')
          .find((line) => line.startsWith(`${metric} `))
          ?.slice(metric.length + 1),
      );
    expect(metricOf('phantom_guard_decisions_total{action="block"}')).toBeGreaterThan(10);
    expect(metricOf('phantom_guard_refused_tarballs_total')).toBeGreaterThan(3);
    expect(metricOf('phantom_guard_judging_seconds_count')).toBe(
      metricOf('phantom_guard_judging_seconds_bucket{le="+Inf"}'),
    );
    expect(body.split('\n').filter((line) => !/^(?:#|phantom_guard_\S+ \d|$)/.test(line))).toEqual([]);
  });

  it('takes a changed configuration without a restart, and keeps the last good one', async () => {
    const health = async () => JSON.parse((await world.get('-/phantom-guard/health')).body) as unknown;
    const exception = {
      name: SQUAT,
      version: '1.0.0',
      signals: ['RECENTLY_CREATED', 'NOT_IN_SNAPSHOT', 'INSTALL_SCRIPT', 'HALLUCINATION_PATTERN'],
      reason: 'looked at',
    };
    world.configure({ feeds: ['bad.csv'], exceptions: [exception] });
    await expect.poll(async () => (await world.get(SQUAT)).status, { timeout: 10_000 }).toBe(200);
    expect(Object.keys((await documentOf(SQUAT)).versions)).toEqual(['1.0.0']);
    expect((await world.get(`${SQUAT}/-/${SQUAT}-1.0.0.tgz`)).status).toBe(200);
    expect((await world.get(`${SQUAT}/-/${SQUAT}-0.9.0.tgz`)).status).toBe(403);

    world.configure('{ "feeds": [ ');
    await expect.poll(health, { timeout: 10_000 }).toMatchObject({ status: 'degraded' });
    expect((await world.get(SQUAT)).status).toBe(200);
    expect((await world.get(`${LISTED}/1.2.0`)).status).toBe(403);

    world.configure({ feeds: ['bad.csv'] });
    await expect.poll(async () => (await world.get(SQUAT)).status, { timeout: 10_000 }).toBe(403);
    expect(await health()).toMatchObject({ status: 'ok', problems: [] });
  });
});

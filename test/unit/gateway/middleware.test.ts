import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { Gateway } from '../../../src/gateway/gateway.js';
import { readHealth } from '../../../src/gateway/health.js';
import { createMiddleware, gatewayOf } from '../../../src/gateway/index.js';
import type { Manifest } from '../../../src/gateway/manifest.js';
import type { Auth, Request, Response, Storage } from '../../../src/gateway/verdaccio.js';
import { listen } from '../../support/fake-listen.js';
import { healthy, SQUAT, squat, startGateway } from './support.js';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

type Place = {
  /** Name to document, or the status of the error that the storage has for it. */
  readonly documents: Readonly<Record<string, Manifest | number>>;
  readonly mayAccess?: boolean;
  /** The documents come past the filter. */
  readonly isUnfiltered?: boolean;
  readonly user?: string;
};

/** What the middleware sees of Verdaccio: a server with the few methods of Express, a storage and who has logged in. */
async function startServer(gateway: Gateway, place: Place): Promise<string> {
  const { documents, mayAccess = true, isUnfiltered = false, user } = place;
  const auth: Auth = {
    apiJWTmiddleware: () => (request, _, next) => {
      request.remote_user = user === undefined ? {} : { name: user };
      next();
    },
    allow_access: (_, __, callback) => callback(mayAccess ? null : new Error('no'), mayAccess),
  };
  const filtered = async (name: string): Promise<Manifest | number> => {
    const found = documents[name] ?? 404;
    return typeof found === 'number' || isUnfiltered ? found : await gateway.filter(found);
  };
  const storage: Storage = {
    getPackage: ({ name, callback }) => {
      if (name === 'zq-throws') throw new Error('defect');
      void filtered(name).then((found) =>
        typeof found === 'number' ? callback({ status: found }) : callback(null, found),
      );
    },
  };
  const handle = createMiddleware(gateway, auth, storage);
  const server = createServer((incoming, outgoing) => {
    const [request, response] = expressOf(incoming, outgoing);
    handle(request, response, () => {
      void (async () => {
        const name = decodeURIComponent(request.path.split('/')[1] ?? '');
        const found = request.path.includes('/-/') ? 200 : await filtered(name);
        response.status(typeof found === 'number' ? found : 200);
        response.send(typeof found === 'number' ? 'bytes' : JSON.stringify(found));
      })();
    });
  });
  servers.push(server);
  return `http://127.0.0.1:${await listen(server)}`;
}

function expressOf(incoming: IncomingMessage, outgoing: ServerResponse): [Request, Response] {
  const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
  const more = { path: url.pathname, query: Object.fromEntries(url.searchParams), ip: '127.0.0.1' };
  const response = Object.assign(outgoing, {
    status: (code: number) => {
      outgoing.statusCode = code;
      return response;
    },
    set: (name: string, value: string) => {
      outgoing.setHeader(name, value);
      return response;
    },
    send: (body: string | Buffer) => {
      outgoing.end(body);
      return response;
    },
  }) as unknown as Response;
  return [Object.assign(incoming, more) as unknown as Request, response];
}

async function ask(gateway: Gateway, place: Place, path: string, method = 'GET', client = 'zq-client') {
  const headers = { 'user-agent': client };
  const response = await fetch(`${await startServer(gateway, place)}${path}`, { method, headers });
  return {
    status: response.status,
    notice: response.headers.get('npm-notice'),
    body: await response.text(),
    response,
  };
}

const SQUATTED: Place = { documents: { [SQUAT]: squat(), 'zq-healthy': healthy('zq-healthy') } };

describe('the middleware', () => {
  it.each([
    [`/${SQUAT}`, 403],
    [`/${SQUAT}/1.0.0`, 403],
    [`/${SQUAT}/-/${SQUAT}-1.0.0.tgz`, 403],
    ['/zq-healthy', 200],
    ['/zq-healthy/-/zq-healthy-1.1.0.tgz', 200],
    ['/express/-/express-4.0.0.tgz', 200],
    ['/zq-nobody', 404],
    ['/zq-nobody/-/zq-nobody-1.0.0.tgz', 200],
    ['/-/ping', 200],
  ])('answers %s with %i', async (path, status) => {
    const { gateway } = startGateway();
    const answer = await ask(gateway, SQUATTED, path);
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.notice).toMatch(/^phantom-guard: \S+ is high-risk/);
  });

  it.each([
    ['npm/11.21.2 node/v24.15.0 linux x64 workspaces/false', 'Forbidden'],
    ['pnpm/10.34.9 npm/? node/v24.15.0 linux x64', 'phantom-guard: '],
    ['yarn/4.18.1 npm/? node/v24.15.0 linux x64', 'phantom-guard: '],
  ])('to %s the text of a refusal begins with %s', async (client, start) => {
    const { gateway } = startGateway();
    for (const path of [`/${SQUAT}`, `/${SQUAT}/-/${SQUAT}-1.0.0.tgz`]) {
      const { response, notice } = await ask(gateway, SQUATTED, path, 'GET', client);
      expect(response.statusText).toBe(start === 'Forbidden' ? start : notice);
      expect(response.statusText.startsWith(start)).toBe(true);
    }
  });

  it('believes for a while what it has decided', async () => {
    const { gateway } = startGateway();
    const tarball = `/${SQUAT}/-/${SQUAT}-1.0.0.tgz`;
    expect((await ask(gateway, SQUATTED, tarball)).status).toBe(403);
    expect((await ask(gateway, { documents: {} }, tarball)).status).toBe(403);
    expect(gateway.decisions()[0]).toMatchObject({
      name: SQUAT,
      version: '1.0.0',
      asker: { user: null, ip: '127.0.0.1' },
    });
  });

  it('does not believe what other rules came to', async () => {
    const { gateway, write, pass } = startGateway({}, { files: { 'guard.json': {} } });
    const statusOf = async () => (await ask(gateway, SQUATTED, '/zq-healthy/-/zq-healthy-1.1.0.tgz')).status;
    expect(await statusOf()).toBe(200);
    write('bad.csv', 'name\nzq-healthy\n');
    write('guard.json', { feeds: ['bad.csv'] });
    pass(1_001);
    expect(await statusOf()).toBe(403);
  });

  it('judges itself what came past the filter', async () => {
    const { gateway } = startGateway();
    const tarball = `/${SQUAT}/-/${SQUAT}-1.0.0.tgz`;
    expect((await ask(gateway, { ...SQUATTED, isUnfiltered: true }, tarball)).status).toBe(403);
    expect((await ask(gateway, { ...SQUATTED, isUnfiltered: true }, '/zq-never-filtered')).status).toBe(404);
  });

  it.each([['zq-unreachable'], ['zq-throws']])(
    'refuses a tarball whose document can not be read: %s',
    async (name) => {
      const { gateway } = startGateway();
      const answer = await ask(
        gateway,
        { documents: { 'zq-unreachable': 503 } },
        `/${name}/-/${name}-1.0.0.tgz`,
      );
      expect([answer.status, answer.response.headers.get('retry-after')]).toEqual([503, '5']);
      expect(answer.body).toContain('its document could not be read');
    },
  );

  it('leaves to Verdaccio whom it refuses, and what only writes', async () => {
    const { gateway } = startGateway();
    const tarball = `/${SQUAT}/-/${SQUAT}-1.0.0.tgz`;
    expect((await ask(gateway, { ...SQUATTED, mayAccess: false }, tarball)).body).toBe('bytes');
    expect((await ask(gateway, SQUATTED, tarball, 'DELETE')).body).toBe('bytes');
  });

  it('serves single versions, and refuses tarballs that belong to none that was judged', async () => {
    const files = { 'bad.csv': 'name,version\nzq-healthy,1.2.0\n', 'guard.json': { feeds: ['bad.csv'] } };
    const { gateway } = startGateway({}, { files });
    expect((await ask(gateway, SQUATTED, '/zq-healthy')).status).toBe(200);
    expect(gateway.decisions()).toMatchObject([{ name: 'zq-healthy', version: '1.2.0' }]);
    const statusOf = async (file: string) => (await ask(gateway, SQUATTED, `/zq-healthy/-/${file}`)).status;
    expect(await statusOf('zq-healthy-1.1.0.tgz')).toBe(200);
    expect(await statusOf('zq-healthy-1.2.0.tgz')).toBe(403);
    expect(await statusOf('zq-healthy-77.0.0.tgz')).toBe(503);
    expect((await ask(gateway, SQUATTED, '/zq-healthy/1.2.0')).status).toBe(403);
  });

  it('shows health and metrics to all or to who has logged in, the page only to these', async () => {
    const open = startGateway().gateway;
    const closed = startGateway({ openStatus: false }).gateway;
    const statusOf = async (gateway: Gateway, path: string, user?: string) =>
      (
        await ask(
          gateway,
          { documents: {}, ...(user === undefined ? {} : { user }) },
          `/-/phantom-guard${path}`,
        )
      ).status;
    for (const path of ['/health', '/metrics']) {
      expect([
        await statusOf(open, path),
        await statusOf(closed, path),
        await statusOf(closed, path, 'zq'),
      ]).toEqual([200, 401, 200]);
    }
    for (const path of ['', '/'])
      expect([await statusOf(open, path), await statusOf(open, path, 'zq')]).toEqual([401, 200]);
    const failing = startGateway({}, { ports: { faults: ['x'] } }).gateway;
    expect(await statusOf(failing, '/health')).toBe(503);
  });

  it('has nothing on its page for who may not see the package', async () => {
    const { gateway } = startGateway();
    await ask(gateway, SQUATTED, `/${SQUAT}`);
    const path = `/-/phantom-guard/?name=${SQUAT}`;
    const seen = (await ask(gateway, { documents: {}, user: 'zq' }, path)).body;
    expect(seen).toMatch(/High risk, score[\s\S]*1 decision</);
    const { body } = await ask(gateway, { documents: {}, user: 'zq', mayAccess: false }, path);
    expect(body).toMatch(/Nobody has asked for it lately[\s\S]*0 decisions</);
  });

  it('lets Verdaccio look nowhere for a tarball that is not the organisation’s own', async () => {
    const { gateway } = startGateway();
    const tarball = 'http://127.0.0.1/zq-own/-/zq-own-1.0.0.tgz';
    const versions = { '1.0.0': { name: 'zq-own', version: '1.0.0', dist: { tarball } } };
    const place = { documents: { 'zq-own': { name: 'zq-own', versions } } };
    const statusOf = async (file: string) => (await ask(gateway, place, `/zq-own/-/${file}`)).status;
    expect([await statusOf('zq-own-1.0.0.tgz'), await statusOf('zq-own-2.0.0.tgz')]).toEqual([200, 404]);
    expect(await statusOf('zq-own-2.0.0.tgz')).toBe(404);
  });

  it('takes a document of another name for no evidence', async () => {
    const { gateway } = startGateway();
    const place = { documents: { 'zq-other': healthy('express') } };
    expect((await ask(gateway, place, '/zq-other/-/zq-other-1.0.0.tgz')).status).toBe(503);
  });

  it('explains on its page what was asked for', async () => {
    const files = { 'bad.csv': 'name,version\nzq-listed,1.2.0\n', 'guard.json': { feeds: ['bad.csv'] } };
    const { gateway } = startGateway({}, { files });
    for (const document of [
      squat(),
      healthy('zq-healthy'),
      healthy('zq-listed'),
      { name: 'zq-own', versions: {} },
    ])
      await gateway.filter(document);
    await ask(gateway, SQUATTED, `/${SQUAT}`);
    const pageOn = async (name: string) =>
      (
        await ask(
          gateway,
          { documents: {}, user: 'zq' },
          `/-/phantom-guard/?name=${encodeURIComponent(name)}`,
        )
      ).body;
    expect(await pageOn(SQUAT)).toMatch(/High risk, score[\s\S]*WHO LOOKED AT WHAT[\s\S]*1 decision</);
    expect(await pageOn('zq-healthy')).toContain('Allowed: all its versions');
    expect(await pageOn('zq-listed')).toMatch(/Blocked: 1\.2\.0[\s\S]*Allowed: 1\.24\.0/);
    expect(await pageOn('zq-own')).toContain('it is not judged');
    expect(await pageOn('react')).toContain('established package');
    expect(await pageOn('zq-<b>')).toMatch(/Nobody has asked for it lately/);
    expect(await pageOn('zq-<b>')).not.toContain('<b>');
    const failing = startGateway({}, { ports: { faults: ['zq-fault'] } }).gateway;
    await failing.filter(squat());
    const { body } = await ask(failing, { documents: {}, user: 'zq' }, `/-/phantom-guard/?name=${SQUAT}`);
    expect(body).toMatch(/The gateway cannot judge[\s\S]*zq-fault[\s\S]*Undecided/);
  });
});

describe('the gateway of a Verdaccio', () => {
  const logger = { warn: () => undefined, error: () => undefined };

  it('is one for filter and middleware, with the options of both', async () => {
    const config = {
      configPath: '/nowhere/config.yaml',
      uplinks: { npmjs: { url: 'http://127.0.0.1:9' } },
      filters: { 'phantom-guard': { deadlineMs: 9_000 } },
      middlewares: { 'phantom-guard': { downloads: 'none' }, audit: { enabled: true } },
    };
    const gateway = gatewayOf(config, logger);
    expect(gatewayOf(config, logger)).toBe(gateway);
    expect(gateway.options).toMatchObject({ deadlineMs: 9_000, downloads: 'none' });
    expect(Object.keys((await gateway.filter(squat()))['versions'] as object)).toEqual([]);
    expect(gatewayOf({ ...config }, logger)).not.toBe(gateway);
  });

  it('complains of wrong options, and does not throw', async () => {
    const said: object[] = [];
    const config = { filters: { 'phantom-guard': null }, middlewares: { 'phantom-guard': { nonsense: 1 } } };
    const gateway = gatewayOf(config, { ...logger, error: (values) => said.push(values) });
    expect(said).toEqual([{ fault: 'the option nonsense is not known' }]);
    expect(Object.keys((await gateway.filter(healthy('express')))['versions'] as object)).toEqual([]);
  });

  it.each([
    ['a filter alone', { filters: { 'phantom-guard': {} } }, ['middlewares']],
    ['a middleware alone', { middlewares: { 'phantom-guard': {} } }, ['filters']],
    [
      'two names, of which Verdaccio 6 knows one',
      { filters: { 'phantom-guard': {} }, middlewares: { 'verdaccio-phantom-guard': {} } },
      ['middlewares', 'filters'],
    ],
  ])('serves nothing where half of it is missing, and says what: %s', async (_, config, missing) => {
    const gateway = gatewayOf(config, logger);
    const { status, problems } = await readHealth(gateway);
    expect([status, problems]).toEqual([
      'failing',
      missing.map((category) => expect.stringContaining(`has to stand under ${category} `)),
    ]);
    expect(Object.keys((await gateway.filter(healthy('express')))['versions'] as object)).toEqual([]);
  });
});

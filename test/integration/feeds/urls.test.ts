import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { listen } from '../../support/fake-listen.js';
import { settingsFor, tokenFor } from '../../support/fake-settings.js';
import { osv } from '../../unit/feeds/support.js';
import { withDirectory } from '../cache/support.js';
import {
  type Answer,
  DAY_MS,
  type FeedServer,
  HOUR_MS,
  listed,
  load,
  MINUTE_MS,
  NOW_MS,
  sends,
  sendsStatus,
  startFeedServer,
} from './support.js';

const open: FeedServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function serve(answer: Answer): Promise<FeedServer> {
  const server = await startFeedServer(answer);
  open.push(server);
  return server;
}

const BODY = JSON.stringify([osv('zq-a'), osv('zq-b'), osv('zq-c'), osv('zq-d')]);

describe('the feed of a URL', () => {
  it('is read, under a name without credentials and query', async () => {
    const server = await serve(sends(`\uFEFF${BODY}`));
    const url = server.url.replace('//', '//ada:s3cret@');
    const loaded = await load([`${url}/npm.json?token=s3cret#top`]);
    expect(loaded).toMatchObject({ failures: [], notices: [] });
    expect(loaded.sources).toMatchObject([
      { feed: `${server.url}/npm.json`, entries: 4, fetchedAtMs: NOW_MS, ageSeconds: 0, from: 'network' },
    ]);
    expect(listed(loaded, 'zq-a')).toMatchObject([{ feed: `${server.url}/npm.json`, id: 'MAL-2025-7' }]);
    expect(server.seen).toMatchObject([
      {
        url: '/npm.json?token=s3cret',
        headers: { authorization: `Basic ${btoa('ada:s3cret')}`, accept: '*/*' },
      },
    ]);
    expect(JSON.stringify([loaded.sources, loaded.failures])).not.toContain('s3cret');
  });

  it('is asked for with the credentials of its own address only, and redirects lose them', async () => {
    const other = await serve(sends(BODY));
    const server = await serve(sendsStatus(302, { location: `${other.url}/moved` }));
    const { host } = new URL(server.url);
    const forFeeds = settingsFor('http://registry.invalid.test/', tokenFor(`//${host}/feeds/`, 't0ken'));
    const loaded = await load([`${server.url}/feeds/a.json`, `${server.url}/b.json`], {
      client: { settings: forFeeds },
    });
    expect(loaded.failures).toEqual([]);
    const shown = new Map(server.seen.map(({ url, headers }) => [url, headers.authorization]));
    expect(shown.get('/feeds/a.json')).toBe('Bearer t0ken');
    expect(shown.get('/b.json')).toBeUndefined();
    expect(other.seen.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
  });

  it('goes through the proxy', async () => {
    const proxy = await serve(sends(BODY));
    const settings = settingsFor('http://registry.invalid.test/', {
      proxy: { forHttps: null, forHttp: proxy.url, noProxy: [] },
    });
    const loaded = await load(['http://feeds.invalid.test/npm.json'], { client: { settings } });
    expect(loaded.sources).toHaveLength(1);
    expect(proxy.seen[0]?.url).toBe('http://feeds.invalid.test/npm.json');
  });

  it.each<[string, Answer, RegExp]>([
    ['a web page', sends('<!doctype html>'), /web page/],
    ['nothing', sends(''), /empty/],
    ['half of a document', sends(BODY.slice(0, 99)), /JSON/],
    ['bytes that are no text', sends(gzipSync(BODY)), /UTF-8/],
    [
      'a bomb',
      sends(gzipSync(Buffer.alloc(6_000_000, ' ')), { 'content-encoding': 'gzip' }),
      /5000000 bytes/,
    ],
    ['too much', sends(Buffer.alloc(6_000_000, ' ')), /5000000 bytes/],
    ['404', sendsStatus(404), /does not exist/],
    ['401', sendsStatus(401), /401/],
    ['500', sendsStatus(500), /500/],
    ['a redirect to a file', sendsStatus(302, { location: 'file:///etc/passwd' }), /redirects/],
    ['304 to a first request', sendsStatus(304), /not modified/],
    ['a connection that breaks', (request) => request.socket.destroy(), /failed/],
  ])('is a failure when the server sends %s', async (_, answer, reason) => {
    const server = await serve(answer);
    const { failures, sources } = await load([server.url], { client: { maxBodyBytes: 5_000_000 } });
    expect(sources).toEqual([]);
    expect(failures).toEqual([{ feed: `${server.url}/`, reason: expect.stringMatching(reason) }]);
  });

  it.each<[string, Answer]>([
    ['never answers', () => undefined],
    [
      'never ends',
      (_, response) => {
        const timer = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(timer));
      },
    ],
  ])('is a failure when the server %s', async (_, answer) => {
    const server = await serve(answer);
    const { failures } = await load([server.url], { client: { deadlineMs: 200 } });
    expect(failures).toEqual([{ feed: `${server.url}/`, reason: expect.stringContaining('200 ms') }]);
  });

  it('ends with the run', async () => {
    const server = await serve(() => undefined);
    const { failures } = await load([server.url], { signal: AbortSignal.abort() });
    expect(failures).toMatchObject([{ reason: 'the run was ended' }]);
  });

  it('does not wait for another one', async () => {
    const waiting: (() => void)[] = [];
    const server = await serve((_, response) => {
      waiting.push(() => response.end(BODY));
      if (waiting.length === 3) for (const answer of waiting) answer();
    });
    const loaded = await load(['/a', '/b', '/c'].map((path) => `${server.url}${path}`));
    expect(loaded.sources).toHaveLength(3);
  });
});

describe('a feed in the cache', () => {
  const etag = '"v1"';

  it('is used for an hour, then asked about, and so becomes fresh again', async () => {
    await withDirectory(async (cacheDir) => {
      const server = await serve(sends(BODY, { etag }));
      const at = (nowMs: number) => load([server.url], { cacheDir, nowMs });
      expect((await at(NOW_MS)).sources).toMatchObject([{ from: 'network' }]);
      const fresh = await at(NOW_MS + HOUR_MS - 1);
      expect(fresh.sources).toMatchObject([
        { kind: 'malicious', from: 'cache', entries: 4, fetchedAtMs: NOW_MS, ageSeconds: 3599 },
      ]);
      expect(listed(fresh, 'zq-d')).toMatchObject([{ id: 'MAL-2025-7', versions: 'all' }]);
      expect(server.seen).toHaveLength(1);
      const renewed = await at(NOW_MS + HOUR_MS);
      expect(renewed.sources).toMatchObject([{ from: 'network', fetchedAtMs: NOW_MS + HOUR_MS, entries: 4 }]);
      expect(listed(renewed, 'zq-d')).toHaveLength(1);
      expect(server.seen[1]?.headers['if-none-match']).toBe(etag);
      expect((await at(NOW_MS + 2 * HOUR_MS - 1)).sources).toMatchObject([{ from: 'cache' }]);
      expect(server.seen).toHaveLength(2);
    });
  });

  it('gives way to a newer one, and the user hears when that is much smaller', async () => {
    await withDirectory(async (cacheDir) => {
      const server = await serve(sends(BODY, { etag }));
      const at = (nowMs: number) => load([server.url], { cacheDir, nowMs });
      await at(NOW_MS);
      server.answer = sends(JSON.stringify([osv('zq-a'), osv('zq-b')]), { etag: '"v2"' });
      expect((await at(NOW_MS + HOUR_MS)).notices).toEqual([]);
      server.answer = sends(JSON.stringify([osv('zq-a')]));
      const shrunk = await at(NOW_MS + 2 * HOUR_MS);
      expect(shrunk.notices).toEqual([]);
      server.answer = sends(BODY);
      await at(NOW_MS + 3 * HOUR_MS);
      server.answer = sends(JSON.stringify([osv('zq-a')]));
      const cut = await at(NOW_MS + 4 * HOUR_MS);
      expect(cut.notices).toEqual([`The feed ${server.url}/ has shrunk from 4 to 1 entries.`]);
      expect(listed(cut, 'zq-b')).toEqual([]);
      expect(listed(await at(NOW_MS + 4 * HOUR_MS), 'zq-b')).toEqual([]);
    });
  });

  it.each<[string, Answer, RegExp]>([
    ['an error', sendsStatus(503), /503/],
    ['404', sendsStatus(404), /does not exist/],
    ['a web page', sends('<html>'), /web page/],
    ['nothing', (request) => request.socket.destroy(), /failed/],
  ])('stands in for thirty days for a server that sends %s', async (_, answer, reason) => {
    await withDirectory(async (cacheDir) => {
      const server = await serve(sends(BODY));
      const at = (nowMs: number) => load([server.url], { cacheDir, nowMs });
      await at(NOW_MS);
      server.answer = answer;
      const stale = await at(NOW_MS + 3 * DAY_MS);
      expect(stale.failures).toEqual([]);
      expect(stale.sources).toMatchObject([{ from: 'cache', fetchedAtMs: NOW_MS, ageSeconds: 3 * 86_400 }]);
      expect(stale.notices).toEqual([expect.stringMatching(reason)]);
      expect(stale.notices).toEqual([expect.stringContaining('3 days ago')]);
      expect(listed(stale, 'zq-a')).toHaveLength(1);
      expect((await at(NOW_MS + 30 * DAY_MS)).sources).toHaveLength(1);
      const late = await at(NOW_MS + 30 * DAY_MS + 1);
      expect(late.sources).toEqual([]);
      expect(late.failures).toMatchObject([{ reason: expect.stringMatching(/too old.*30 days/) }]);
    });
  });

  it('is all there is offline', async () => {
    await withDirectory(async (cacheDir) => {
      const server = await serve(sends(BODY));
      const at = (nowMs: number) => load([server.url], { cacheDir, nowMs, offline: true });
      expect((await at(NOW_MS)).failures).toMatchObject([{ reason: 'the run is offline' }]);
      await load([server.url], { cacheDir });
      expect((await at(NOW_MS + 5 * MINUTE_MS)).notices).toEqual([]);
      expect((await at(NOW_MS + 90 * MINUTE_MS)).notices).toEqual([
        `The feed ${server.url}/ could not be refreshed (the run is offline); the stored copy of 90 minutes ago is used.`,
      ]);
      expect((await at(NOW_MS + 31 * DAY_MS)).failures).toHaveLength(1);
      expect((await at(NOW_MS - DAY_MS)).failures).toHaveLength(1);
      expect(server.seen).toHaveLength(1);
    });
  });

  it('belongs to one URL, and to its query', async () => {
    await withDirectory(async (cacheDir) => {
      const server = await serve(sends(BODY));
      for (const path of ['/a', '/b', '/a?x=1']) await load([`${server.url}${path}`], { cacheDir });
      expect(server.seen).toHaveLength(3);
      const again = ['/a', '/b', '/a?x=1'].map((path) => `${server.url}${path}`);
      expect((await load(again, { cacheDir })).sources.map(({ from }) => from)).toEqual([
        'cache',
        'cache',
        'cache',
      ]);
    });
  });

  it('is not needed: without a directory each run asks', async () => {
    const server = await serve(sends(BODY));
    for (let run = 0; run < 2; run++)
      expect((await load([server.url])).sources).toMatchObject([{ from: 'network' }]);
    expect(server.seen).toHaveLength(2);
  });
});

describe('a server that is gone', () => {
  it('is a failure without a stored copy', async () => {
    const server = createServer();
    const port = await listen(server);
    await new Promise((done) => server.close(done));
    const { failures } = await load([`http://127.0.0.1:${port}/npm.json`]);
    expect(failures).toMatchObject([{ reason: expect.stringContaining('ECONNREFUSED') }]);
  });
});

import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { createFeedClient, type FeedClientOptions } from '../../../src/feeds/feed-client.js';
import type { FeedPorts } from '../../../src/feeds/feed-ports.js';
import { loadFeeds } from '../../../src/feeds/load-feeds.js';
import type { FeedSetting, LoadedFeeds } from '../../../src/model/feed.js';
import { TEST_KEY } from '../../support/cache-keys.js';
import { listen } from '../../support/fake-listen.js';
import { named, settingsFor } from '../../support/fake-settings.js';
import { NOTHING_KNOWN } from '../../unit/feeds/support.js';

export const NOW_MS = Date.UTC(2026, 10, 23, 12);
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

export type Seen = { readonly url: string; readonly headers: IncomingHttpHeaders };
export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A server on loopback whose answer can be changed between requests. */
export type FeedServer = {
  readonly url: string;
  readonly seen: readonly Seen[];
  answer: Answer;
  readonly close: () => Promise<void>;
};

export async function startFeedServer(answer: Answer): Promise<FeedServer> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    seen.push({ url: request.url ?? '', headers: request.headers });
    feeds.answer(request, response);
  });
  const port = await listen(server);
  const feeds: FeedServer = {
    url: `http://127.0.0.1:${port}`,
    seen,
    answer,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return feeds;
}

/** Sends `body`, and 304 to whoever knows its ETag. */
export function sends(body: string | Buffer, headers: Record<string, string> = {}): Answer {
  return (request, response) => {
    const isKnown = headers['etag'] !== undefined && request.headers['if-none-match'] === headers['etag'];
    response.writeHead(isKnown ? 304 : 200, headers).end(isKnown ? undefined : body);
  };
}

export function sendsStatus(status: number, headers: Record<string, string> = {}): Answer {
  return (_, response) => {
    response.writeHead(status, headers).end('<html>');
  };
}

type Options = Partial<FeedPorts> & { readonly client?: Partial<FeedClientOptions> };

/** Loads feeds as a new process would. */
export async function load(
  feeds: readonly (string | FeedSetting)[],
  { client: changes = {}, ...ports }: Options = {},
): Promise<LoadedFeeds> {
  const settings = feeds.map((feed) => (typeof feed === 'string' ? { source: feed, kind: null } : feed));
  const sleep = () => Promise.resolve();
  const client = createFeedClient({
    settings: settingsFor('http://registry.invalid.test/'),
    feeds: settings,
    ports: { sleep },
    ...changes,
  });
  try {
    return await loadFeeds(settings, {
      fetchText: client.get,
      cacheDir: null,
      cacheKey: TEST_KEY,
      offline: false,
      nowMs: NOW_MS,
      signal: new AbortController().signal,
      ...ports,
    });
  } finally {
    await client.close();
  }
}

export function listed({ index }: LoadedFeeds, name: string, version: string | null = '1.0.0') {
  return index.matchesOf(named(name), version, NOTHING_KNOWN);
}

import type { FeedSetting } from '../model/feed.js';
import { TEXT_FORMAT } from '../registry/body-format.js';
import { type ClientPorts, createHttpClient, type HttpClient } from '../registry/http-client.js';
import { basicAuthOf, parseHttpUrl } from '../registry/registry-url.js';
import type { RegistrySettings } from '../registry/settings.js';
import { addUrlCredentials } from '../registry/stored-credentials.js';
import { MAX_BODY_BYTES } from './limits.js';

export type FeedClientOptions = {
  readonly settings: RegistrySettings;
  readonly feeds: readonly FeedSetting[];
  /** For one feed, with retries, redirects and body. Default: `fetch-timeout` where it is set, else 60,000. */
  readonly deadlineMs?: number;
  readonly maxBodyBytes?: number;
  readonly ports?: Partial<ClientPorts>;
};

/** 128 MB within it take 17 Mbit/s. */
const DEFAULT_DEADLINE_MS = 60_000;
const RETRIES = 2;
const CONNECTIONS = 4;

/**
 * Fetches feeds through npm's proxies and certificates. A host is shown the credentials that .npmrc has for the feed's
 * own address, or those in the feed's URL, and no others.
 */
export function createFeedClient(options: FeedClientOptions): HttpClient<string> {
  const { settings, feeds } = options;
  const addresses = feeds.flatMap(({ source }) => {
    const url = parseHttpUrl(source);
    return url === null ? [] : [{ url: `${url.origin}${url.pathname}`, basicAuth: basicAuthOf(url) }];
  });
  return createHttpClient(
    {
      settings: { ...settings, credentials: addUrlCredentials(settings.credentials, addresses) },
      concurrency: CONNECTIONS,
      deadlineMs: options.deadlineMs ?? settings.fetchTimeoutMs ?? DEFAULT_DEADLINE_MS,
      retry: { retries: settings.fetchRetries ?? RETRIES, waitsForRate: false },
      maxBodyBytes: options.maxBodyBytes ?? MAX_BODY_BYTES,
      ports: options.ports,
    },
    TEXT_FORMAT,
  );
}

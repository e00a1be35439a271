import { setTimeout as delay } from 'node:timers/promises';
import type { BodyFormat } from './body-format.js';
import { type Deadline, runFailure, startDeadline } from './deadline.js';
import { classifyError, type Failure } from './failure.js';
import { type Answer, fetchOnce, type Transport } from './fetch-once.js';
import { pauseBeforeRetry, type RetryPolicy } from './retry.js';
import { createRoutes, type Routes } from './routes.js';
import type { RegistrySettings } from './settings.js';

/** The outside world of the client, for tests. */
export type ClientPorts = {
  /** Wall clock, epoch milliseconds. */
  readonly now: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  /** Rejects when the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<unknown>;
};

export type ClientOptions = {
  readonly settings: RegistrySettings;
  /** Connections per origin. */
  readonly concurrency: number;
  /** For one request with its retries, redirects and body. */
  readonly deadlineMs: number;
  readonly retry: RetryPolicy;
  /** On the wire, and again after decoding. */
  readonly maxBodyBytes: number;
  readonly ports?: Partial<ClientPorts> | undefined;
};

export type HttpRequest = {
  readonly url: URL;
  /** Asks for the document only if it has changed since. */
  readonly etag: string | null;
  readonly signal: AbortSignal;
  /** Follows no redirect to another origin: the URL holds what only this one may know. */
  readonly staysAtOrigin: boolean;
};

export type HttpClient<B> = {
  /** Never rejects. */
  readonly get: (request: HttpRequest) => Promise<Answer<B> | Failure>;
  /** HTTP requests sent so far: retries and redirects count. */
  readonly requests: () => number;
  /** Drops every connection. */
  readonly close: () => Promise<void>;
};

const SYSTEM: ClientPorts = {
  now: () => Date.now(),
  random: Math.random,
  sleep: (ms, signal) => delay(ms, undefined, { signal }),
};

/**
 * A client that gets documents of one format within limits of time, size and redirects, with npm's credentials, proxies
 * and certificates. undici is loaded with the first request.
 */
export function createHttpClient<B>(options: ClientOptions, format: BodyFormat<B>): HttpClient<B> {
  const ports = { ...SYSTEM, ...options.ports };
  let requests = 0;
  let routes: Promise<Routes> | null = null;
  const transport: Transport<B> = {
    settings: options.settings,
    format,
    maxBodyBytes: options.maxBodyBytes,
    now: ports.now,
    routeFor: async (url, credentials) => {
      routes ??= import('undici').then(({ default: undici }) =>
        createRoutes(undici, options.settings, options.concurrency),
      );
      return (await routes).routeFor(url, credentials);
    },
    onRequest: () => {
      requests++;
    },
  };
  return {
    get: async (request) => {
      if (request.signal.aborted) return runFailure(request.signal);
      const deadline = startDeadline(options.deadlineMs, request.signal, ports.now);
      try {
        return await getWithRetries(transport, request, deadline, options.retry, ports);
      } catch (error) {
        return deadline.failure(request.url.host) ?? classifyError(error, request.url.host);
      } finally {
        deadline.stop();
      }
    },
    requests: () => requests,
    close: async () => (await routes)?.close(),
  };
}

async function getWithRetries<B>(
  transport: Transport<B>,
  request: HttpRequest,
  deadline: Deadline,
  policy: RetryPolicy,
  ports: ClientPorts,
): Promise<Answer<B> | Failure> {
  for (let attempt = 0; ; attempt++) {
    const answer = await fetchOnce(transport, request, deadline);
    if (answer.kind !== 'failed') return answer;
    const pauseMs = pauseBeforeRetry(answer, attempt, deadline.remainingMs(), policy, ports.random);
    if (pauseMs === null) return answer;
    await ports.sleep(pauseMs, deadline.signal);
  }
}

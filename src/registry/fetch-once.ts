import type { Dispatcher } from 'undici';
import type { BodyFormat } from './body-format.js';
import type { Credentials } from './credentials.js';
import type { Deadline } from './deadline.js';
import { classifyError, type Failure, failed } from './failure.js';
import { readBody } from './read-body.js';
import { firstHop, type Hop, isRedirect, nextHop } from './redirect.js';
import type { Route } from './routes.js';
import type { RegistrySettings } from './settings.js';
import { classifyStatus, parseRetryAfter } from './status.js';

/** What a server says, once it says something. */
export type Answer<B> =
  | { readonly kind: 'document'; readonly body: B; readonly etag: string | null }
  | { readonly kind: 'not-modified'; readonly etag: string | null }
  /** Status 451: it exists, and is not served for legal or security reasons. */
  | { readonly kind: 'withheld' }
  | {
      readonly kind: 'missing';
      /** It was asked without the credentials that the first URL has, after a redirect. */
      readonly withheld: boolean;
    };

export type JsonAnswer = Answer<unknown>;

/** What sends requests, and how it reads the bodies of answers. */
export type Transport<B> = {
  readonly settings: RegistrySettings;
  readonly format: BodyFormat<B>;
  readonly maxBodyBytes: number;
  readonly now: () => number;
  readonly routeFor: (url: URL, credentials: Credentials) => Promise<Route | null>;
  readonly onRequest: () => void;
};

type Response = Dispatcher.ResponseData;
type Target = { readonly url: URL; readonly etag: string | null; readonly staysAtOrigin: boolean };

const DEFAULT_USER_AGENT = `phantom-guard-install node/${process.version} ${process.platform} ${process.arch}`;
/** The rest of an error page is read to keep the connection, up to this size and time. */
const DISCARD_BYTES = 64 * 1024;
const DISCARD_MS = 1_000;
/** Visible characters and blanks, short: what may be sent back in a header (RFC 9110, 8.8.3). */
const SAFE_ETAG = /^[\x20-\x7e]{1,512}$/;

/** One attempt: a request and the redirects that it leads to. Never rejects. */
export async function fetchOnce<B>(
  transport: Transport<B>,
  target: Target,
  deadline: Deadline,
): Promise<Answer<B> | Failure> {
  let hop = firstHop(transport.settings, target.url);
  for (;;) {
    const { host } = hop.url;
    try {
      const answer = await request(transport, target, hop, deadline);
      if (answer.kind !== 'hop') return answer;
      hop = answer;
    } catch (error) {
      return deadline.failure(host) ?? classifyError(error, host);
    }
  }
}

async function request<B>(
  transport: Transport<B>,
  target: Target,
  hop: Hop,
  deadline: Deadline,
): Promise<Answer<B> | Failure | Hop> {
  const route = await transport.routeFor(hop.url, hop.credentials);
  if (route === null)
    return failed('network', `the proxy for ${hop.url.host} is neither http, https nor SOCKS`);
  transport.onRequest();
  const response = await route.dispatcher.request({
    method: 'GET',
    origin: route.origin,
    path: route.path,
    headers: { ...headersFor(transport, target, hop), ...route.headers },
    signal: deadline.signal,
    // The deadline covers both.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  if (response.statusCode === 200) return readDocument(transport, response, hop.url.host);
  await discard(response);
  const answer = answerWithoutBody(transport, response, hop);
  return target.staysAtOrigin && answer.kind === 'hop' && answer.url.origin !== target.url.origin
    ? failed('network', `${hop.url.host} redirects a name of its scope to another host`)
    : answer;
}

function headersFor(
  { settings, format }: Transport<unknown>,
  target: Target,
  hop: Hop,
): Record<string, string> {
  const headers: Record<string, string> = {
    accept: format.accept,
    'accept-encoding': 'gzip, br',
    'user-agent': settings.userAgent ?? DEFAULT_USER_AGENT,
  };
  if (target.etag !== null && SAFE_ETAG.test(target.etag)) headers['if-none-match'] = target.etag;
  if (hop.credentials.authorization !== null) headers['authorization'] = hop.credentials.authorization;
  return headers;
}

function answerWithoutBody(
  transport: Transport<unknown>,
  response: Response,
  hop: Hop,
): Answer<never> | Failure | Hop {
  const status = response.statusCode;
  if (status === 304) return { kind: 'not-modified', etag: etagOf(response) };
  if (status === 451) return { kind: 'withheld' };
  if (status === 404 || status === 410) return { kind: 'missing', withheld: hop.withheld };
  if (isRedirect(status)) return nextHop(transport.settings, hop, headerOf(response, 'location'));
  return classifyStatus(
    status,
    hop.url.host,
    parseRetryAfter(headerOf(response, 'retry-after'), transport.now()),
  );
}

async function readDocument<B>(
  transport: Transport<B>,
  response: Response,
  host: string,
): Promise<Answer<B> | Failure> {
  const tooLarge = failed('too-large', `${host} answered with more than ${transport.maxBodyBytes} bytes`);
  if (Number(headerOf(response, 'content-length')) > transport.maxBodyBytes) {
    await discard(response);
    return tooLarge;
  }
  const body = await readBody(response.body, headerOf(response, 'content-encoding'), transport.maxBodyBytes);
  if (body.kind === 'too-large') return tooLarge;
  if (body.kind === 'undecodable')
    return failed('unreadable', `${host} answered in an encoding that cannot be read`);
  const { decode, called } = transport.format;
  const parsed = decode(body.bytes);
  if (parsed === null) return failed('unreadable', `${host} answered with something that is not ${called}`);
  return { kind: 'document', body: parsed.value, etag: etagOf(response) };
}

/** What breaks here changes nothing: the status is known already. */
async function discard(response: Response): Promise<void> {
  const ignore = (): undefined => undefined;
  response.body.on('error', ignore);
  await response.body.dump({ limit: DISCARD_BYTES, signal: AbortSignal.timeout(DISCARD_MS) }).catch(ignore);
}

function etagOf(response: Response): string | null {
  const etag = headerOf(response, 'etag');
  return etag !== null && SAFE_ETAG.test(etag) ? etag : null;
}

function headerOf(response: Response, name: string): string | null {
  const value = response.headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

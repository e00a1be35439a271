import type { Unavailable, UnavailableReason } from '../model/facts.js';

/** A request that brought no answer, and whether asking again could. */
export type Failure = {
  readonly kind: 'failed';
  readonly reason: UnavailableReason;
  /** One sentence: our own words, a host, a status, an error code. */
  readonly detail: string;
  readonly retriable: boolean;
  /** How long the server asked us to wait. */
  readonly retryAfterMs: number | null;
};

export function failed(reason: UnavailableReason, detail: string): Failure {
  return { kind: 'failed', reason, detail, retriable: false, retryAfterMs: null };
}

export function failedForNow(
  reason: UnavailableReason,
  detail: string,
  retryAfterMs: number | null = null,
): Failure {
  return { kind: 'failed', reason, detail, retriable: true, retryAfterMs };
}

export function unavailable(reason: UnavailableReason, detail: string): Unavailable {
  return { kind: 'unavailable', reason, detail };
}

/** Connections that could not be made, broke, or took too long: Node's and undici's codes. */
const TIMEOUTS = new Set([
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);
const TRANSIENT = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EPIPE',
  'EAI_AGAIN',
  'EADDRINUSE',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_SOCKET',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  // zlib: the compressed body ended early
  'Z_BUF_ERROR',
]);
const MAX_CAUSES = 5;

/** Turns what undici, TLS, DNS or a socket threw into a failure. Only the error's code is repeated. */
export function classifyError(error: unknown, host: string): Failure {
  const code = errorCode(error);
  if (code !== null && TIMEOUTS.has(code))
    return failedForNow('timeout', `${host} did not answer in time (${code})`);
  const detail = `the connection to ${host} failed (${code ?? 'unknown error'})`;
  return code !== null && TRANSIENT.has(code) ? failedForNow('network', detail) : failed('network', detail);
}

/** The first known-looking code on the way down the causes; AggregateError hides one per address. */
function errorCode(error: unknown): string | null {
  let current = error;
  for (let depth = 0; depth < MAX_CAUSES && current instanceof Error; depth++) {
    if ('code' in current && typeof current.code === 'string' && /^[A-Z0-9_]{1,60}$/.test(current.code)) {
      return current.code;
    }
    current = current instanceof AggregateError ? current.errors[0] : current.cause;
  }
  return null;
}

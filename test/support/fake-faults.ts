import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { brotliCompressSync, gzipSync } from 'node:zlib';

/** What can go wrong with one answer. `delay` and `encoding` change the right answer; the others replace it. */
export type Fault =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body?: string;
    }
  | { readonly kind: 'rate-limit'; readonly retryAfter: string | null }
  | { readonly kind: 'redirect'; readonly to: string; readonly status?: number }
  | { readonly kind: 'delay'; readonly ms: number }
  /** The request is read and never answered. */
  | { readonly kind: 'hang' }
  /** A good start, then one blank every `everyMs`. */
  | { readonly kind: 'slow-loris'; readonly everyMs: number; readonly status?: number }
  /** Half of the body, then the connection is closed. */
  | { readonly kind: 'truncated'; readonly encoding?: 'gzip' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'html' }
  | { readonly kind: 'wrong-name'; readonly name: string }
  /** Any body with any headers and status 200. */
  | { readonly kind: 'raw'; readonly body: string | Buffer; readonly headers?: Record<string, string> }
  /** A JSON string of `bytes` characters; with gzip or br a bomb. */
  | { readonly kind: 'huge'; readonly bytes: number; readonly encoding?: 'gzip' | 'br' };

/** A fault and how often it strikes: `times` requests, or every one. */
export type FaultPlan = Fault & { readonly times?: number | 'always' };

/** The right answer, in case the fault builds on it. */
export type RightAnswer = { readonly document: Readonly<Record<string, unknown>>; readonly send: () => void };

/** Answers `response` in the way of `fault`. */
export async function strike(
  fault: Fault,
  request: IncomingMessage,
  response: ServerResponse,
  right: RightAnswer,
): Promise<void> {
  switch (fault.kind) {
    case 'status':
      return end(response, fault.status, fault.headers ?? {}, fault.body ?? '{"error":"injected"}');
    case 'rate-limit':
      return end(response, 429, fault.retryAfter === null ? {} : { 'retry-after': fault.retryAfter }, '{}');
    case 'redirect':
      return end(response, fault.status ?? 302, { location: fault.to }, '');
    case 'delay':
      await delay(fault.ms);
      return right.send();
    case 'hang':
      return;
    case 'slow-loris':
      return drip(response, fault.everyMs, fault.status ?? 200);
    case 'truncated':
      return truncate(response, JSON.stringify(right.document), fault.encoding);
    case 'reset':
      request.socket.resetAndDestroy();
      return;
    case 'html':
      return end(response, 200, { 'content-type': 'text/html' }, '<!doctype html><title>Log in</title>');
    case 'wrong-name':
      return end(response, 200, {}, JSON.stringify({ ...right.document, name: fault.name }));
    case 'raw':
      return end(response, 200, fault.headers ?? {}, fault.body);
    case 'huge':
      return sendHuge(response, fault.bytes, fault.encoding);
  }
}

function end(
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  body: string | Buffer,
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
}

function drip(response: ServerResponse, everyMs: number, status: number): void {
  response.writeHead(status, { 'content-type': 'application/json' }).write('{');
  const timer = setInterval(() => response.write(' '), everyMs);
  response.on('close', () => clearInterval(timer));
}

/** Plain: fewer bytes than announced. Compressed: a complete response around an incomplete stream. */
function truncate(response: ServerResponse, text: string, encoding: 'gzip' | undefined): void {
  if (encoding === 'gzip') {
    const zipped = gzipSync(text);
    end(response, 200, { 'content-encoding': 'gzip' }, zipped.subarray(0, zipped.length / 2));
    return;
  }
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': `${Buffer.byteLength(text)}`,
  });
  response.write(text.slice(0, text.length / 2), () => response.destroy());
}

function sendHuge(response: ServerResponse, bytes: number, encoding: 'gzip' | 'br' | undefined): void {
  const body = Buffer.alloc(bytes + 2, 'a');
  body[0] = 0x22;
  body[bytes + 1] = 0x22;
  if (encoding === undefined) {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write(body.subarray(0, bytes / 2));
    response.end(body.subarray(bytes / 2));
    return;
  }
  const packed = encoding === 'gzip' ? gzipSync(body) : brotliCompressSync(body);
  end(response, 200, { 'content-encoding': encoding }, packed);
}

import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import { createQueue } from './one-by-one.js';

/** Bytes of a body, or why there are none. What breaks the connection, or cuts the body short, is thrown. */
export type BodyResult =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'undecodable' };

type Limits = { readonly maxOutputLength: number; readonly chunkSize: number };
type Decoder = (bytes: Buffer, options: Limits) => Promise<Buffer>;

const TOO_LARGE: BodyResult = { kind: 'too-large' };
const UNDECODABLE: BodyResult = { kind: 'undecodable' };
/** More codings than this on top of each other are nobody's honest answer. */
const MAX_CODINGS = 3;
/** Decoded size up to which bodies are decoded side by side; 99 of 100 real ones are smaller (P99 is 2.9 MB). */
const LARGE_BYTES = 4 * 1024 * 1024;
/**
 * Decoded piece by piece of this size. A piece costs the main thread a callback: with Node's 16 kB, the documents of 2,440
 * packages took a fifth more processor time (`npm run bench -- --filter POOL001`).
 */
const CHUNK_BYTES = 128 * 1024;
/** Larger ones are decoded one by one: dozens of bombs at once must not add up. */
const decodeLarge = createQueue();
const gunzipAsync = promisify(gunzip);
const DECODERS: ReadonlyMap<string, Decoder> = new Map<string, Decoder>([
  ['gzip', gunzipAsync],
  ['x-gzip', gunzipAsync],
  ['br', promisify(brotliDecompress)],
  ['deflate', inflateEither],
]);

/**
 * Reads and decodes a body. Neither the bytes on the wire nor the decoded ones may be more than `maxBytes`: both steps
 * end as soon as they are.
 */
export async function readBody(
  body: Readable,
  contentEncoding: string | null,
  maxBytes: number,
): Promise<BodyResult> {
  const decoders = decodersFor(contentEncoding);
  const bytes = decoders === null ? null : await readBytes(body, maxBytes);
  if (decoders === null) {
    body.on('error', () => undefined).destroy();
    return UNDECODABLE;
  }
  if (bytes === null) return TOO_LARGE;
  if (bytes.length === 0) return { kind: 'bytes', bytes };
  const small = await decode(bytes, decoders, Math.min(maxBytes, LARGE_BYTES));
  if (small.kind !== 'too-large' || maxBytes <= LARGE_BYTES) return small;
  return decodeLarge(() => decode(bytes, decoders, maxBytes));
}

/** In the order in which they are undone; `null` for a coding that was not asked for. */
function decodersFor(contentEncoding: string | null): readonly Decoder[] | null {
  const names = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  const decoders = names.map((name) => DECODERS.get(name)).filter((decoder) => decoder !== undefined);
  return decoders.length === names.length && names.length <= MAX_CODINGS ? decoders.reverse() : null;
}

/** Leaving the loop destroys the stream, and with it the connection. */
async function readBytes(body: Readable, maxBytes: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

async function decode(
  bytes: Buffer,
  decoders: readonly Decoder[],
  maxOutputLength: number,
): Promise<BodyResult> {
  let decoded = bytes;
  try {
    for (const decoder of decoders)
      decoded = await decoder(decoded, { maxOutputLength, chunkSize: CHUNK_BYTES });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ERR_BUFFER_TOO_LARGE') return TOO_LARGE;
    if (code === 'Z_BUF_ERROR') throw error;
    return UNDECODABLE;
  }
  return { kind: 'bytes', bytes: decoded };
}

/** Servers call both the zlib format and the bare stream "deflate"; the first byte tells (RFC 1950, CM = 8). */
function inflateEither(bytes: Buffer, options: Limits): Promise<Buffer> {
  const hasZlibHeader = ((bytes[0] ?? 0) & 0x0f) === 8;
  return promisify(hasZlibHeader ? inflate : inflateRaw)(bytes, options);
}

import type { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';

/** Bytes of a body, or why there are none. What the connection throws is thrown. */
export type BodyResult =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'undecodable' };

/** More codings than this on top of each other are nobody's honest answer. */
const MAX_CODINGS = 3;

/**
 * Reads and decodes a body. Neither the bytes on the wire nor the decoded ones may be more than `maxBytes`; the rest is
 * not read then.
 */
export async function readBody(body: Readable, contentEncoding: string | null, maxBytes: number): Promise<BodyResult> {
  const codings = parseCodings(contentEncoding);
  if (codings === null) {
    body.destroy();
    return { kind: 'undecodable' };
  }
  const collector = new Collector(maxBytes);
  try {
    await decodeInto(body, codings, collector);
  } catch (error) {
    if (collector.tooLarge) return { kind: 'too-large' };
    if (isCorruptCoding(error)) return { kind: 'undecodable' };
    throw error;
  }
  return { kind: 'bytes', bytes: collector.bytes() };
}

class Collector {
  readonly #maxBytes: number;
  readonly #chunks: Buffer[] = [];
  #size = 0;
  tooLarge = false;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Ends the stream that it is used on when the limit is passed. */
  check(size: number): void {
    if (size <= this.#maxBytes) return;
    this.tooLarge = true;
    throw new Error('body too large');
  }

  /** Counts what passes. */
  counter(): (source: AsyncIterable<Buffer>) => AsyncGenerator<Buffer> {
    const check = (size: number): void => this.check(size);
    return async function* count(source) {
      let size = 0;
      for await (const chunk of source) {
        size += chunk.length;
        check(size);
        yield chunk;
      }
    };
  }

  async collect(source: AsyncIterable<Buffer>): Promise<void> {
    for await (const chunk of source) {
      this.#size += chunk.length;
      this.check(this.#size);
      this.#chunks.push(chunk);
    }
  }

  bytes(): Buffer {
    return Buffer.concat(this.#chunks, this.#size);
  }
}

async function decodeInto(body: Readable, codings: readonly string[], collector: Collector): Promise<void> {
  const sink = (source: AsyncIterable<Buffer>): Promise<void> => collector.collect(source);
  if (codings.length === 0) {
    await pipeline(body, sink);
    return;
  }
  const [first, ...rest] = codings;
  let decoded = decodeOne(collector.counter()(body), first ?? '');
  for (const coding of rest) decoded = decodeOne(decoded, coding);
  await pipeline(decoded, sink);
}

/** Undoes one coding. Chooses between the two formats that servers call "deflate" by the first byte. */
async function* decodeOne(source: AsyncIterable<Buffer>, coding: string): AsyncGenerator<Buffer> {
  let decoder: Transform | null = null;
  const chunks = source[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done) return;
  decoder = decoderFor(coding, first.value[0] ?? 0);
  const rest = async function* (): AsyncGenerator<Buffer> {
    yield first.value;
    yield* { [Symbol.asyncIterator]: () => chunks };
  };
  const output: AsyncIterable<Buffer> = decoder;
  const pumped = pipeline(rest, decoder);
  pumped.catch(() => decoder?.destroy());
  yield* output;
  await pumped;
}

function decoderFor(coding: string, firstByte: number): Transform {
  if (coding === 'br') return createBrotliDecompress();
  if (coding === 'gzip' || coding === 'x-gzip') return createGunzip();
  const hasZlibHeader = (firstByte & 0x0f) === 8;
  return hasZlibHeader ? createInflate() : createInflateRaw();
}

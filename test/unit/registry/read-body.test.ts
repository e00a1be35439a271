import { Readable } from 'node:stream';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readBody } from '../../../src/registry/read-body.js';

const TEXT = JSON.stringify({ name: 'glimmer-tide' });
const LIMIT = 10_000;
const stream = (...chunks: readonly Buffer[]): Readable => Readable.from(chunks);

async function textOf(bytes: Buffer, encoding: string | null): Promise<string | null> {
  const result = await readBody(stream(bytes), encoding, LIMIT);
  return result.kind === 'bytes' ? result.bytes.toString() : null;
}

describe('a body', () => {
  it.each([
    ['nothing', null, Buffer.from(TEXT)],
    ['identity', 'Identity', Buffer.from(TEXT)],
    ['gzip', 'gzip', gzipSync(TEXT)],
    ['x-gzip', 'x-gzip', gzipSync(TEXT)],
    ['br', 'br', brotliCompressSync(TEXT)],
    ['deflate', 'deflate', deflateSync(TEXT)],
    ['bare deflate', 'deflate', deflateRawSync(TEXT)],
    ['two codings', 'br, gzip', gzipSync(brotliCompressSync(TEXT))],
  ])('is decoded from %s', async (_, encoding, bytes) => {
    expect(await textOf(bytes, encoding)).toBe(TEXT);
  });

  it('may be empty, whatever its encoding', async () => {
    expect(await textOf(Buffer.alloc(0), 'gzip')).toBe('');
  });

  it.each([
    ['a coding that was not asked for', 'zstd', Buffer.from(TEXT)],
    ['too many codings', 'gzip,gzip,gzip,gzip', Buffer.from(TEXT)],
    ['bytes that are not gzip', 'gzip', Buffer.from(TEXT)],
    ['bytes that are not brotli', 'br', Buffer.from(TEXT)],
    ['bytes that are not deflate', 'deflate', Buffer.from(TEXT)],
  ])('cannot be decoded with %s', async (_, encoding, bytes) => {
    expect((await readBody(stream(bytes), encoding, LIMIT)).kind).toBe('undecodable');
  });

  it('is too large on the wire', async () => {
    const body = stream(Buffer.alloc(LIMIT), Buffer.alloc(1), Buffer.alloc(LIMIT));
    expect((await readBody(body, null, LIMIT)).kind).toBe('too-large');
    expect(body.destroyed).toBe(true);
  });

  it.each([
    ['gzip', gzipSync(Buffer.alloc(5_000_000))],
    ['br', brotliCompressSync(Buffer.alloc(5_000_000))],
    ['deflate', deflateSync(Buffer.alloc(5_000_000))],
  ])('is too large once decoded from %s', async (encoding, bytes) => {
    expect(bytes.length).toBeLessThan(LIMIT);
    expect((await readBody(stream(bytes), encoding, LIMIT)).kind).toBe('too-large');
  });

  it('throws when its compressed end is missing', async () => {
    const zipped = gzipSync(TEXT);
    await expect(readBody(stream(zipped.subarray(0, 20)), 'gzip', LIMIT)).rejects.toMatchObject({
      code: 'Z_BUF_ERROR',
    });
  });
});

import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import { chunk, headOf, pour, type RawAnswer, reply } from './raw-server.js';

/** An answer that is larger than any memory, or would be once it is unpacked. */
export type Bomb = { readonly attack: string; readonly make: () => RawAnswer; readonly says: RegExp };

const MEGABYTE = 1 << 20;
const JSON_TYPE = { 'content-type': 'application/json' };
const LARGE = /more than \d+ bytes/;

const packed = (encoding: string, bytes: Buffer): RawAnswer =>
  reply(200, bytes, { ...JSON_TYPE, 'content-encoding': encoding });
const blanks = (megabytes: number): Buffer => Buffer.alloc(megabytes * MEGABYTE, 0x20);
/** Members of a gzip stream follow each other: 1 GB for every 64 of them. */
const members = (count: number): Buffer => {
  const member = gzipSync(blanks(16));
  return Buffer.concat(Array.from({ length: count }, () => member));
};

const endless = (head: string, piece: Buffer): RawAnswer => {
  return (socket) => {
    socket.write(head);
    pour(socket, piece);
  };
};

export const BOMBS: readonly Bomb[] = [
  {
    attack: 'a body without an end',
    make: () => endless(headOf(200, JSON_TYPE), blanks(1)),
    says: LARGE,
  },
  {
    attack: 'a chunked body without an end',
    make: () => endless(headOf(200, { ...JSON_TYPE, 'transfer-encoding': 'chunked' }), chunk(blanks(1))),
    says: LARGE,
  },
  {
    attack: 'an error page without an end',
    make: () => endless(headOf(500), blanks(1)),
    says: /answered with status 500/,
  },
  {
    attack: 'a gzip bomb of a gigabyte in a megabyte',
    make: () => packed('gzip', members(64)),
    says: LARGE,
  },
  {
    attack: 'a gzip bomb of four gigabytes inside of another',
    make: () => packed('gzip, gzip', gzipSync(members(256))),
    says: LARGE,
  },
  {
    attack: 'a brotli bomb of 256 MB in a kilobyte',
    make: () =>
      packed('br', brotliCompressSync(blanks(256), { params: { [constants.BROTLI_PARAM_QUALITY]: 2 } })),
    says: LARGE,
  },
  {
    attack: 'a deflate bomb of 256 MB',
    make: () => packed('deflate', deflateSync(blanks(256), { level: 1 })),
    says: LARGE,
  },
];

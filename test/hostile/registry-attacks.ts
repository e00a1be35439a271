import { gzipSync } from 'node:zlib';
import { chunk, drip, headOf, type RawAnswer, reply } from './raw-server.js';
import { GOOD, NAME } from './registry-world.js';

/** An answer after which nothing is known of the package: never safe. */
export type NoAnswer = {
  readonly attack: string;
  readonly answer: RawAnswer;
  /** What `unchecked` gives as the reason. */
  readonly says: RegExp;
  /** `fetch-timeout`, where the case is about it. */
  readonly timeoutMs?: number;
};

const JSON_TYPE = { 'content-type': 'application/json' };
const GOOD_TEXT = JSON.stringify(GOOD);
const LATE = /did not answer (within|in time)/;
const BROKEN = /the connection to .* failed/;
const OTHER = /something other than the package/;
const NO_JSON = /something that is not JSON/;
const LARGE = /more than \d+ bytes/;
const status = (code: number, headers = {}): RawAnswer => reply(code, '{"error":"injected"}', headers);
const redirect = (to: string, code = 302): RawAnswer => reply(code, '', { location: to });
const raw =
  (...pieces: readonly (string | Buffer)[]): RawAnswer =>
  (socket) => {
    for (const piece of pieces) socket.write(piece);
    socket.end();
  };

/** Never an end, or one that is too late. */
const SLOW: readonly NoAnswer[] = [
  { attack: 'an answer that never comes', answer: () => undefined, says: LATE },
  {
    attack: 'a status line in drops',
    answer: (socket) => drip(socket, [...'HTTP/1.1 200 OK\r\n'], 100),
    says: LATE,
  },
  {
    attack: 'headers in drops, without an end',
    answer: (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      drip(socket, ['x-slow: ', '1\r\n']);
    },
    says: LATE,
  },
  {
    attack: 'a body in drops, without an end',
    answer: (socket) => {
      socket.write(headOf(200, JSON_TYPE) + GOOD_TEXT.slice(0, -1));
      drip(socket, [' ']);
    },
    says: LATE,
  },
  {
    attack: 'chunks of one byte in drops, without an end',
    answer: (socket) => {
      socket.write(headOf(200, { ...JSON_TYPE, 'transfer-encoding': 'chunked' }));
      drip(socket, ['1\r\n \r\n']);
    },
    says: LATE,
  },
  {
    attack: 'interim answers (103) without an end',
    answer: (socket) => drip(socket, ['HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n'], 5),
    says: LATE,
  },
];

/** Less than was promised, or something that is no HTTP. */
const BROKEN_OFF: readonly NoAnswer[] = [
  {
    attack: 'an interim answer (100) to a request that has no body',
    answer: raw('HTTP/1.1 100 Continue\r\n\r\n', headOf(200, JSON_TYPE), GOOD_TEXT),
    says: BROKEN,
  },
  {
    attack: 'a connection that the registry half closes in the middle of the head',
    answer: (socket) => void socket.end('HTTP/1.1 200 OK\r\ncontent-ty'),
    says: BROKEN,
  },
  { attack: 'a connection closed without a word', answer: (socket) => void socket.end(), says: BROKEN },
  { attack: 'a connection reset', answer: (socket) => void socket.resetAndDestroy(), says: BROKEN },
  {
    attack: 'a reset in the middle of the body',
    answer: (socket) => {
      const head = headOf(200, { ...JSON_TYPE, 'content-length': '100000' });
      socket.write(head + GOOD_TEXT.slice(0, 500), () => setTimeout(() => socket.resetAndDestroy(), 20));
    },
    says: BROKEN,
  },
  {
    attack: 'fewer bytes than content-length says',
    answer: raw(headOf(200, { ...JSON_TYPE, 'content-length': `${GOOD_TEXT.length + 9}` }), GOOD_TEXT),
    says: BROKEN,
  },
  {
    attack: 'a chunked body without its last chunk, though what came is a whole document',
    answer: raw(headOf(200, { ...JSON_TYPE, 'transfer-encoding': 'chunked' }), chunk(GOOD_TEXT)),
    says: BROKEN,
  },
  {
    attack: 'a chunk shorter than its size',
    answer: raw(headOf(200, { ...JSON_TYPE, 'transfer-encoding': 'chunked' }), 'fffff\r\n', GOOD_TEXT),
    says: BROKEN,
  },
  {
    attack: 'a chunk size that is no number',
    answer: raw(headOf(200, { ...JSON_TYPE, 'transfer-encoding': 'chunked' }), 'zz\r\n', GOOD_TEXT),
    says: BROKEN,
  },
  {
    attack: 'a document that is cut off in the middle',
    answer: reply(200, GOOD_TEXT.slice(0, GOOD_TEXT.length / 2)),
    says: NO_JSON,
  },
  {
    attack: 'a compressed document that is cut off in the middle',
    answer: reply(200, gzipSync(GOOD_TEXT).subarray(0, 100), { ...JSON_TYPE, 'content-encoding': 'gzip' }),
    says: BROKEN,
  },
  { attack: 'the greeting of another protocol', answer: raw('SSH-2.0-OpenSSH_9.6\r\n'), says: BROKEN },
  { attack: 'bytes that are no HTTP', answer: raw(Buffer.alloc(4096, 0x16)), says: BROKEN },
  { attack: 'a document without a head (HTTP/0.9)', answer: raw(GOOD_TEXT), says: BROKEN },
  { attack: 'the preface of HTTP/2', answer: raw(Buffer.from('000012040000000000', 'hex')), says: BROKEN },
];

/** Heads that are built to confuse a parser. */
const HEADS: readonly NoAnswer[] = [
  {
    attack: 'headers of a megabyte',
    answer: raw(headOf(200, { 'x-long': 'a'.repeat(1_000_000) }), GOOD_TEXT),
    says: BROKEN,
  },
  {
    attack: 'ten thousand headers',
    answer: raw(
      headOf(200, Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`x-${index}`, 'a']))),
      GOOD_TEXT,
    ),
    says: BROKEN,
  },
  {
    attack: 'two lengths that differ',
    answer: raw(
      headOf(200, { 'content-length': '2' }).replace('\r\n\r\n', '\r\ncontent-length: 9\r\n\r\n'),
      '{}',
    ),
    says: BROKEN,
  },
  {
    attack: 'a length beside chunks, as for request smuggling',
    answer: raw(
      headOf(200, { 'content-length': '5', 'transfer-encoding': 'chunked' }),
      chunk(GOOD_TEXT),
      '0\r\n\r\n',
    ),
    says: BROKEN,
  },
  {
    attack: 'a negative length',
    answer: raw(headOf(200, { 'content-length': '-1' }), GOOD_TEXT),
    says: BROKEN,
  },
  {
    attack: 'a length beyond all numbers',
    answer: raw(headOf(200, { 'content-length': '9'.repeat(30) }), GOOD_TEXT),
    says: BROKEN,
  },
  {
    attack: 'a length of a petabyte',
    answer: (socket) => void socket.write(headOf(200, { 'content-length': '1000000000000000' })),
    says: LARGE,
  },
  {
    attack: 'a NUL in a header',
    answer: raw(headOf(200, { 'x-nul': 'a\0b' }), GOOD_TEXT),
    says: BROKEN,
  },
  {
    attack: 'an encoding that nobody asked for',
    answer: reply(200, 'x', { 'content-encoding': 'zstd' }),
    says: /an encoding that cannot be read/,
  },
  {
    attack: 'the name of an encoding, and a body without it',
    answer: reply(200, GOOD_TEXT, { 'content-encoding': 'gzip' }),
    says: /an encoding that cannot be read/,
  },
  {
    attack: 'ten encodings on top of each other',
    answer: reply(200, GOOD_TEXT, { 'content-encoding': Array(10).fill('gzip').join(', ') }),
    says: /an encoding that cannot be read/,
  },
];

/** Whole answers with status 200 that are no document of the package. */
const BODIES: readonly NoAnswer[] = [
  {
    attack: 'a page of HTML, as from a login',
    answer: reply(200, '<!doctype html><title>Log in</title>', { 'content-type': 'text/html' }),
    says: NO_JSON,
  },
  { attack: 'no body', answer: reply(200, ''), says: NO_JSON },
  { attack: 'null', answer: reply(200, 'null'), says: OTHER },
  { attack: 'a number', answer: reply(200, '17'), says: OTHER },
  { attack: 'a text', answer: reply(200, JSON.stringify(GOOD_TEXT)), says: OTHER },
  { attack: 'true', answer: reply(200, 'true'), says: OTHER },
  { attack: 'a list that holds the document', answer: reply(200, `[${GOOD_TEXT}]`), says: OTHER },
  { attack: 'an empty object', answer: reply(200, '{}'), says: OTHER },
  {
    attack: 'a list, nested a hundred thousand deep',
    answer: reply(200, '['.repeat(100_000) + ']'.repeat(100_000)),
    says: /something (other than the package|that is not JSON)/,
  },
  { attack: 'an error under status 200', answer: reply(200, '{"error":"not_found"}'), says: OTHER },
  {
    attack: 'an error under status 200 that gives the name',
    answer: reply(200, JSON.stringify({ name: NAME, error: 'internal' })),
    says: OTHER,
  },
  {
    attack: 'the document of another package',
    answer: reply(200, JSON.stringify({ ...GOOD, name: 'zq-harbour-kelps' })),
    says: OTHER,
  },
  {
    attack: 'the document of the name in capitals',
    answer: reply(200, JSON.stringify({ ...GOOD, name: NAME.toUpperCase() })),
    says: OTHER,
  },
  {
    attack: 'a document whose name is a list',
    answer: reply(200, JSON.stringify({ ...GOOD, name: [NAME] })),
    says: OTHER,
  },
  {
    attack: 'the document twice, one after the other',
    answer: reply(200, GOOD_TEXT.repeat(2)),
    says: NO_JSON,
  },
  { attack: 'the document in UTF-16', answer: reply(200, Buffer.from(GOOD_TEXT, 'utf16le')), says: NO_JSON },
  { attack: 'a script around the document', answer: reply(200, `callback(${GOOD_TEXT})`), says: NO_JSON },
  {
    attack: 'versions under their name in the prototype only',
    answer: reply(200, `{"name":"${NAME}","__proto__":${GOOD_TEXT}}`),
    says: OTHER,
  },
];

const refused = (code: number, says: RegExp, headers = {}, what = ''): NoAnswer => ({
  attack: `status ${code}${what}`,
  answer: status(code, headers),
  says,
});
const LIMITED = /limits the rate of requests \(429\)/;

const STATUSES: readonly NoAnswer[] = [
  refused(401, /wants credentials \(401\)/),
  refused(403, /refuses access \(403\)/),
  refused(407, /wants credentials \(407\)/),
  ...[400, 402, 405, 406, 408, 418, 420, 421, 425, 426, 431, 500, 502, 503, 504, 507, 520, 599].map((code) =>
    refused(code, new RegExp(`answered with status ${code}`)),
  ),
  // They hold a document, and are not the answer to what was asked.
  ...[201, 202, 203, 206, 207, 226].map(
    (code): NoAnswer => ({
      attack: `status ${code} with a whole document`,
      answer: reply(code, GOOD_TEXT),
      says: new RegExp(`answered with status ${code}`),
    }),
  ),
  { attack: 'status 204', answer: raw(headOf(204)), says: /answered with status 204/ },
  { attack: 'status 304 that nobody asked for', answer: raw(headOf(304)), says: /"not modified" without/ },
  { attack: 'status 999', answer: status(999), says: /failed|status 999/ },
  { attack: 'status 0', answer: status(0), says: /failed|status 0/ },
  refused(429, LIMITED),
  ...['999999999', '99999999999999999999', '-1', 'soon', 'Fri, 31 Dec 9999 23:59:59 GMT', '0x7fffffff'].map(
    (after) => refused(429, LIMITED, { 'retry-after': after }, `, Retry-After: ${after}`),
  ),
  refused(503, /status 503/, { 'retry-after': '999999999' }, ', Retry-After: 999999999'),
];

const REDIRECTS: readonly NoAnswer[] = [
  { attack: 'a redirect to itself', answer: redirect(`/${NAME}`), says: /redirects more than/ },
  {
    attack: 'a redirect that leads one step further each time',
    answer: (socket, head) =>
      redirect(`/${(/^GET \/(\S*)/.exec(head)?.[1] ?? '').slice(0, 50)}x`)(socket, head),
    says: /redirects more than/,
  },
  { attack: 'a redirect without a place', answer: status(302), says: /redirects to no http/ },
  ...[
    'file:///etc/passwd',
    'data:application/json,{}',
    'javascript:alert(1)',
    'ftp://127.0.0.1/',
    'http://',
  ].map(
    (to): NoAnswer => ({
      attack: `a redirect to ${to}`,
      answer: redirect(to),
      says: /redirects to no http/,
    }),
  ),
  {
    attack: 'a redirect to a closed port',
    answer: redirect(`http://127.0.0.1:9/${NAME}`),
    says: BROKEN,
  },
];

/** All of them leave the package unknown. */
export const NO_ANSWERS: readonly NoAnswer[] = [
  ...SLOW.map((row) => ({ ...row, timeoutMs: 400 })),
  ...BROKEN_OFF,
  ...HEADS,
  ...BODIES,
  ...STATUSES,
  ...REDIRECTS,
];

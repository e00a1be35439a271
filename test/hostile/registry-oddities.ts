import { brotliCompressSync, deflateRawSync, gzipSync } from 'node:zlib';
import { chunk, headOf, type RawAnswer, reply } from './raw-server.js';
import type { Document } from './registry-world.js';

/** An odd answer that says something of the package all the same. */
export type Oddity = {
  readonly attack: string;
  /** How the document goes over the wire. Default: as it should. */
  readonly answer?: (text: string) => RawAnswer;
  /** What is done to the text of the document. */
  readonly text?: (document: Document) => string;
  /** Default: that it is judged as without the oddity. */
  readonly must?: string;
  /** The document, plainly served, that leads to the same verdict. Default: the one without the oddity. */
  readonly like?: (document: Document) => Document;
};

type Rewrite = (document: Document) => Document;

const JSON_TYPE = { 'content-type': 'application/json' };
const plain = (text: string): RawAnswer => reply(200, text);
const as =
  (change: Rewrite): ((document: Document) => string) =>
  (document) =>
    JSON.stringify(change(document));
const withHeaders = (headers: Readonly<Record<string, string>>) => (text: string) =>
  reply(200, text, { ...JSON_TYPE, ...headers });
const after =
  (...before: readonly string[]) =>
  (text: string): RawAnswer =>
  (socket, head) => {
    for (const piece of before) socket.write(piece);
    plain(text)(socket, head);
  };
const pieces =
  (head: string, ...body: readonly (string | Buffer)[]): RawAnswer =>
  (socket) => {
    socket.write(head);
    for (const piece of body) socket.write(piece);
    socket.end();
  };

const CHUNKED = headOf(200, { ...JSON_TYPE, 'transfer-encoding': 'chunked' });
const HINT = 'HTTP/1.1 103 Early Hints\r\nlink: </x>; rel=preload\r\n\r\n';

const WIRE: readonly Oddity[] = [
  { attack: 'the content type of a page', answer: withHeaders({ 'content-type': 'text/html' }) },
  { attack: 'no content type', answer: (text) => reply(200, text, {}) },
  { attack: 'an interim answer (103)', answer: after(HINT) },
  { attack: 'two hundred interim answers', answer: after(HINT.repeat(200)) },
  {
    attack: 'HTTP/1.0, and the end of the connection for the end of the body',
    answer: (text) => pieces(headOf(200, JSON_TYPE, 'HTTP/1.0'), text),
  },
  {
    attack: 'the end of the connection for the end of the body',
    answer: (text) => pieces(headOf(200), text),
  },
  {
    attack: 'chunks of one byte',
    answer: (text) =>
      pieces(
        CHUNKED,
        [...Buffer.from(text)].map((byte) => chunk(Buffer.of(byte))).reduce(joined),
        '0\r\n\r\n',
      ),
  },
  {
    attack: 'extensions of chunks, and trailers',
    answer: (text) =>
      pieces(
        CHUNKED,
        `${Buffer.byteLength(text).toString(16)};a=b\r\n${text}\r\n`,
        '0\r\nx-verdict: safe\r\n\r\n',
      ),
  },
  {
    attack: 'gzip under a name in capitals',
    answer: (text) => reply(200, gzipSync(text), { 'content-encoding': 'GZIP' }),
  },
  {
    attack: 'gzip and brotli on top of each other',
    answer: (text) => reply(200, brotliCompressSync(gzipSync(text)), { 'content-encoding': 'gzip, br' }),
  },
  {
    attack: 'deflate without its header',
    answer: (text) => reply(200, deflateRawSync(text), { 'content-encoding': 'deflate' }),
  },
  { attack: 'an ETag of ten thousand characters', answer: withHeaders({ etag: `"${'e'.repeat(10_000)}"` }) },
  { attack: 'a Date of 1970', answer: withHeaders({ date: 'Thu, 01 Jan 1970 00:00:00 GMT' }) },
  { attack: 'a Date of 2099', answer: withHeaders({ date: 'Thu, 31 Dec 2099 00:00:00 GMT' }) },
  {
    attack: 'caching for a hundred years, of an answer that is a hundred years old',
    answer: withHeaders({ 'cache-control': 'public, immutable, max-age=3153600000', age: '3153600000' }),
  },
  {
    attack: 'a redirect beside status 200',
    answer: withHeaders({ location: 'http://127.0.0.1:9/', refresh: '0' }),
  },
  {
    attack: 'warnings and notices for npm',
    answer: withHeaders({ 'npm-notice': 'all is well', warning: '199 - "safe"' }),
  },
  { attack: 'a byte order mark', text: (document) => `\ufeff${JSON.stringify(document)}` },
];

function joined(left: Buffer, right: Buffer): Buffer {
  return Buffer.concat([left, right]);
}

/** The document with another value under `key` of every manifest. */
const manifests =
  (change: (manifest: Document, version: string) => unknown): Rewrite =>
  (document) => ({
    ...document,
    versions: Object.fromEntries(
      Object.entries(document['versions'] as Record<string, Document>).map(([version, manifest]) => [
        version,
        change(manifest, version),
      ]),
    ),
  });
const timesOf =
  (change: (iso: string) => unknown): Rewrite =>
  (document) => ({
    ...document,
    time: Object.fromEntries(
      Object.entries(document['time'] as Record<string, string>).map(([key, iso]) => [key, change(iso)]),
    ),
  });
const withoutTimes: Rewrite = ({ time: _, ...document }) => document;
const dist = (value: unknown): Rewrite => manifests((manifest) => ({ ...manifest, dist: value }));
const add =
  (extra: Document): Rewrite =>
  (document) => ({ ...document, ...extra });

const MEMBERS: readonly Oddity[] = [
  {
    attack: 'members twice: the last one counts, as for npm',
    text: (document) =>
      JSON.stringify(document).replace(
        /^\{/,
        '{"time":{"created":"2012-01-01T00:00:00.000Z"},"versions":{},',
      ),
  },
  {
    attack: 'a name that is there twice',
    text: (document) => JSON.stringify(document).replace(/^\{/, '{"name":"zq-somebody-else",'),
  },
  {
    attack: 'members under __proto__, constructor and prototype',
    text: (document) => {
      const lie =
        '{"time":{"created":"2012-01-01T00:00:00.000Z"},"maintainers":[{"name":"a"}],"polluted":true}';
      return JSON.stringify(document).replace(
        /^\{/,
        `{"__proto__":${lie},"constructor":{"prototype":${lie}},`,
      );
    },
  },
  {
    attack: '__proto__ in times and dist-tags',
    text: (document) =>
      JSON.stringify(document).replaceAll(
        /"(time|dist-tags)":\{/g,
        '"$1":{"__proto__":{"created":"2012-01-01T00:00:00.000Z","latest":"1.0.0"},',
      ),
  },
  {
    attack: '__proto__ among the versions',
    must: 'counts as one more version, and changes no object',
    text: (document) =>
      JSON.stringify(document).replace('"versions":{', '"versions":{"__proto__":{"polluted":true},'),
    like: (document) => ({ ...document, versions: { ...(document['versions'] as Document), '0.0.0': {} } }),
  },
  {
    attack: 'members named as the methods of objects',
    text: as(add({ hasOwnProperty: 1, toString: null, valueOf: [], toJSON: 'x' })),
  },
  {
    attack: 'a member that is nested a hundred thousand deep',
    text: (document) =>
      JSON.stringify(document).replace(/^\{/, `{"x":${'['.repeat(100_000)}${']'.repeat(100_000)},`),
  },
  { attack: 'ten megabytes of readme', text: as(add({ readme: 'x'.repeat(10_000_000) })) },
  { attack: 'versions without dist', text: as(dist(undefined)) },
  {
    attack: 'dist that is a text, a list or null',
    text: as(manifests((manifest, version) => ({ ...manifest, dist: ['x', [], null][version.length % 3] }))),
  },
  { attack: 'a tarball on another host', text: as(dist({ tarball: 'http://127.0.0.1:9/x.tgz' })) },
  { attack: 'a tarball at file:', text: as(dist({ tarball: 'file:///etc/passwd' })) },
  { attack: 'integrity that is a number', text: as(dist({ integrity: 17, shasum: {} })) },
  {
    attack: 'integrity that is a list of lists',
    text: as(dist({ integrity: [[['sha512-x']]], shasum: null })),
  },
  {
    attack: 'integrity that is ten thousand characters of nothing',
    text: as(dist({ integrity: '!'.repeat(10_000) })),
  },
];

const NO_TIMES = { must: 'judged as if the document had no times', like: withoutTimes };

const TIMES: readonly Oddity[] = [
  {
    attack: 'times of the year 2099',
    text: as(timesOf(() => '2099-01-01T00:00:00.000Z')),
    ...NO_TIMES,
  },
  { attack: 'times before 2009', text: as(timesOf(() => '1985-10-26T01:21:00.000Z')), ...NO_TIMES },
  {
    attack: 'times of the year zero',
    text: as(timesOf(() => '0000-00-00T00:00:00.000Z')),
    ...NO_TIMES,
  },
  {
    attack: 'times beyond the calendar',
    text: as(timesOf(() => '+275760-09-13T00:00:00.001Z')),
    ...NO_TIMES,
  },
  { attack: 'times that are numbers', text: as(timesOf(() => 1_577_836_800_000)), ...NO_TIMES },
  {
    attack: 'times that are garbage',
    text: as(timesOf(() => 'the day before yesterday')),
    ...NO_TIMES,
  },
  { attack: 'times that are objects', text: as(timesOf((iso) => ({ iso }))), ...NO_TIMES },
  {
    attack: 'a list in place of the times',
    text: as((document) => ({ ...document, time: [document['time']] })),
    ...NO_TIMES,
  },
  {
    attack: 'null in place of the times',
    text: as((document) => ({ ...document, time: null })),
    ...NO_TIMES,
  },
];

/** Each is judged as {@link Oddity.like} is: nothing gets past by it, and nothing good is refused for it. */
export const ODDITIES: readonly Oddity[] = [...WIRE, ...MEMBERS, ...TIMES];

/** Answers with which the registry says that nobody has the name. */
export const NOT_FOUND: readonly {
  readonly attack: string;
  readonly answer: (squat: string) => RawAnswer;
}[] = [
  { attack: 'status 404', answer: () => reply(404, '{"error":"Not found"}') },
  {
    attack: 'status 404 with a page of HTML',
    answer: () => reply(404, '<h1>Nothing here</h1>', { 'content-type': 'text/html' }),
  },
  { attack: 'status 404 with a whole document of the package', answer: (squat) => reply(404, squat) },
  {
    attack: 'status 404 with a broken encoding',
    answer: () => reply(404, 'x', { 'content-encoding': 'gzip' }),
  },
  { attack: 'status 404 and a Location', answer: () => reply(404, '', { location: '/elsewhere' }) },
  { attack: 'status 404 and Retry-After', answer: () => reply(404, '', { 'retry-after': '999999999' }) },
  { attack: 'status 410', answer: () => reply(410, '') },
];

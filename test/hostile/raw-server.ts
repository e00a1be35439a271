import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { listen } from '../support/fake-listen.js';
import { testCertificates } from '../support/tls-certificates.js';

/** What a server does with one request; `head` is everything up to the blank line. */
export type RawAnswer = (socket: Socket, head: string) => void;

export type RawServer = {
  /** With a trailing slash. */
  readonly url: string;
  readonly port: number;
  /** The head of every request so far. */
  readonly heads: readonly string[];
  readonly close: () => Promise<void>;
};

const servers: RawServer[] = [];

/** Ends every server of {@link startRawServer}. */
export async function closeRawServers(): Promise<void> {
  await Promise.all(servers.splice(0).map((one) => one.close()));
}

/** A server on loopback that writes bytes and not HTTP: whatever `answer` makes of a request. */
export async function startRawServer(answer: RawAnswer, { tls = false } = {}): Promise<RawServer> {
  const heads: string[] = [];
  const sockets = new Set<Socket>();
  const serve = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    let text = '';
    socket.on('data', (bytes: Buffer) => {
      text += bytes.toString('latin1');
      const end = text.indexOf('\r\n\r\n');
      if (end < 0) return;
      const head = text.slice(0, end);
      text = text.slice(end + 4);
      heads.push(head);
      answer(socket, head);
    });
  };
  // A client that has ended its side may still be written to: half of the attacks do.
  const server: Server = tls
    ? createTlsServer({ ...testCertificates().server }, serve)
    : createServer({ allowHalfOpen: true }, serve);
  const port = await listen(server);
  const started: RawServer = {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}/`,
    port,
    heads,
    close: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => done());
      }),
  };
  servers.push(started);
  return started;
}

type Headers = Readonly<Record<string, string>>;

/** A whole answer with its length, after which the connection ends. */
export function reply(
  status: number | string,
  body: string | Buffer,
  headers: Headers = { 'content-type': 'application/json' },
): RawAnswer {
  const bytes = Buffer.from(body);
  return (socket) => {
    socket.write(headOf(status, { ...headers, 'content-length': `${bytes.length}` }));
    socket.end(bytes);
  };
}

/** Status line and headers with their blank line. */
export function headOf(status: number | string, headers: Headers = {}, version = 'HTTP/1.1'): string {
  const lines = Object.entries({ connection: 'close', ...headers }).map(([key, value]) => `${key}: ${value}`);
  return `${[`${version} ${status} Whatever`, ...lines].join('\r\n')}\r\n\r\n`;
}

/** Writes one piece after the other, `everyMs` apart, and begins again at the end of the list: until the client goes. */
export function drip(socket: Socket, pieces: readonly string[], everyMs = 20): void {
  let next = 0;
  const timer = setInterval(() => socket.write(pieces[next++ % pieces.length] ?? ''), everyMs);
  socket.on('close', () => clearInterval(timer));
}

/** Writes the same bytes as fast as the client takes them: until it goes. */
export function pour(socket: Socket, bytes: Buffer): void {
  const more = (): void => {
    while (!socket.destroyed && socket.write(bytes)) if (socket.writableLength > 1 << 24) break;
  };
  socket.on('drain', more);
  more();
}

/** One piece of a chunked body. */
export function chunk(text: string | Buffer): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
}

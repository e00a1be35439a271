import { connect, createServer, type Socket } from 'node:net';
import { listen } from './fake-listen.js';

export type FakeSocksOptions = {
  /** Every target is this port of 127.0.0.1. */
  readonly targetPort: number;
  /** `user:password` of version 5, `user` of version 4; others are refused. */
  readonly credentials?: string;
  /** Refuses every target. */
  readonly refuses?: boolean;
  /** Sends its own answers byte by byte. */
  readonly drips?: boolean;
};

export type SocksRequest = {
  readonly version: 4 | 5;
  /** As the client gave it: an address where the client has resolved the name. */
  readonly host: string;
  readonly port: number;
  readonly credentials: string | null;
};

export type FakeSocks = {
  readonly port: number;
  readonly requests: readonly SocksRequest[];
  readonly close: () => Promise<void>;
};

type Reader = (count: number) => Promise<Buffer>;

/** Starts a SOCKS proxy (4, 4a, 5, with and without names and credentials) before one port. */
export async function startFakeSocks(options: FakeSocksOptions): Promise<FakeSocks> {
  const requests: SocksRequest[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    void serve(socket, options, requests).catch(() => socket.destroy());
  });
  const port = await listen(server);
  return {
    port,
    requests,
    close: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => done());
      }),
  };
}

async function serve(socket: Socket, options: FakeSocksOptions, requests: SocksRequest[]): Promise<void> {
  const read = readerOf(socket);
  const say = async (bytes: Buffer): Promise<void> => {
    const pieces = options.drips ? [...bytes].map((byte) => Buffer.of(byte)) : [bytes];
    for (const piece of pieces) {
      socket.write(piece);
      await new Promise((done) => setImmediate(done));
    }
  };
  const [version] = await read(1);
  const request = version === 5 ? await read5(read, say, options) : await read4(read);
  requests.push(request);
  const isWelcome = options.credentials === undefined || request.credentials === options.credentials;
  if (!isWelcome || options.refuses) {
    await say(version === 5 ? Buffer.of(5, 2, 0, 1, 0, 0, 0, 0, 0, 0) : Buffer.of(0, 0x5b, 0, 0, 0, 0, 0, 0));
    socket.end();
    return;
  }
  const onward = connect(options.targetPort, '127.0.0.1');
  onward.on('error', () => socket.destroy()).on('close', () => socket.destroy());
  socket.on('close', () => onward.destroy());
  // Its own address as a name: a length of its own, as some proxies answer.
  await say(
    version === 5 ? Buffer.of(5, 0, 0, 3, 2, 0x61, 0x62, 0, 80) : Buffer.of(0, 0x5a, 0, 0, 0, 0, 0, 0),
  );
  socket.pipe(onward).pipe(socket);
}

async function read4(read: Reader): Promise<SocksRequest> {
  const head = await read(7);
  const user = await readText(read);
  const isName = head[3] === 0 && head[4] === 0 && head[5] === 0 && head[6] !== 0;
  const host = isName ? await readText(read) : [...head.subarray(3, 7)].join('.');
  return { version: 4, host, port: head.readUInt16BE(1), credentials: user === '' ? null : user };
}

async function read5(
  read: Reader,
  say: (bytes: Buffer) => Promise<void>,
  options: FakeSocksOptions,
): Promise<SocksRequest> {
  const [count = 0] = await read(1);
  const methods = [...(await read(count))];
  const wants = options.credentials !== undefined && methods.includes(2) ? 2 : 0;
  await say(Buffer.of(5, options.credentials === undefined || wants === 2 ? wants : 0xff));
  let credentials: string | null = null;
  if (wants === 2) {
    await read(1);
    credentials = [await readCounted(read), await readCounted(read)].join(':');
    await say(Buffer.of(1, credentials === options.credentials ? 0 : 1));
  }
  const head = await read(4);
  const host = head[3] === 3 ? await readCounted(read) : addressIn(await read(head[3] === 1 ? 4 : 16));
  return { version: 5, host, port: (await read(2)).readUInt16BE(0), credentials };
}

function addressIn(bytes: Buffer): string {
  return bytes.length === 4 ? [...bytes].join('.') : (bytes.toString('hex').match(/.{4}/g) ?? []).join(':');
}

async function readCounted(read: Reader): Promise<string> {
  const [length = 0] = await read(1);
  return (await read(length)).toString();
}

async function readText(read: Reader): Promise<string> {
  let text = '';
  for (;;) {
    const byte = await read(1);
    if (byte[0] === 0) return text;
    text += byte.toString('latin1');
  }
}

/** Exactly as many bytes as are asked for; rejects at the end of the stream. */
function readerOf(socket: Socket): Reader {
  return async (count) => {
    const taken: Buffer[] = [];
    for (let missing = count; missing > 0; ) {
      const bytes: Buffer | null = socket.read(Math.min(missing, socket.readableLength || 1));
      if (bytes !== null) {
        taken.push(bytes);
        missing -= bytes.length;
        continue;
      }
      if (socket.readableEnded || socket.destroyed) throw new Error('the client has left');
      await nextTurn(socket);
    }
    return Buffer.concat(taken);
  };
}

function nextTurn(socket: Socket): Promise<void> {
  return new Promise((done) => {
    const go = (): void => {
      socket.off('readable', go).off('close', go).off('end', go);
      done();
    };
    socket.on('readable', go).on('close', go).on('end', go);
  });
}

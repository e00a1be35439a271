import { once } from 'node:events';
import { connect, isIP, type LookupFunction, type Socket } from 'node:net';

/** A SOCKS proxy of npm's configuration. */
export type SocksProxy = {
  readonly host: string;
  readonly port: number;
  readonly version: 4 | 5;
  /** The proxy resolves the name of the target. */
  readonly resolvesNames: boolean;
  readonly user: string;
  readonly password: string;
};

export type SocksTarget = { readonly host: string; readonly port: number };

export type SocksOptions = {
  readonly lookup: LookupFunction;
  readonly localAddress?: string;
  /** Ends a connection that is being made. */
  readonly signal: AbortSignal;
};

/** As undici's own limit for a connection. */
const TIMEOUT_MS = 10_000;

/**
 * A connection to the target through the proxy. Protocols: RFC 1928 and 1929; for version 4
 * https://www.openssh.com/txt/socks4.protocol and socks4a.protocol.
 *
 * @throws an error with a code: those of sockets, `SOCKS_PROTOCOL`, `SOCKS_CREDENTIALS`, `SOCKS_REFUSED`
 */
export async function connectThroughSocks(
  proxy: SocksProxy,
  target: SocksTarget,
  options: SocksOptions,
): Promise<Socket> {
  const bare = target.host.replace(/^\[|\]$/g, '');
  const host = proxy.resolvesNames ? bare : await resolve(bare, proxy.version, options.lookup);
  const socket = connect({ ...options, host: proxy.host, port: proxy.port });
  socket.setTimeout(TIMEOUT_MS, () => socket.destroy(failure('ETIMEDOUT')));
  try {
    await once(socket, 'connect');
    await (proxy.version === 5 ? handshake5 : handshake4)(socket, proxy, { host, port: target.port });
  } catch (error) {
    socket.destroy();
    throw error;
  }
  socket.setTimeout(0).removeAllListeners('timeout');
  return socket.setNoDelay(true);
}

/** Version 4 knows IPv4 only. */
function resolve(host: string, version: 4 | 5, lookup: LookupFunction): Promise<string> {
  if (isIP(host) !== 0) return Promise.resolve(host);
  return new Promise((done, fail) => {
    lookup(host, { family: version === 4 ? 4 : 0 }, (error, address) =>
      error ? fail(error) : done(String(address)),
    );
  });
}

async function handshake5(socket: Socket, { user, password }: SocksProxy, target: SocksTarget) {
  const hasCredentials = user !== '' || password !== '';
  socket.write(hasCredentials ? Buffer.of(5, 2, 0, 2) : Buffer.of(5, 1, 0));
  const [version, method] = await take(socket, 2);
  if (version !== 5) throw failure('SOCKS_PROTOCOL');
  if (method === 2 && hasCredentials) {
    socket.write(Buffer.concat([Buffer.of(1), counted(user), counted(password)]));
    const [, refused] = await take(socket, 2);
    if (refused !== 0) throw failure('SOCKS_CREDENTIALS');
  } else if (method !== 0) throw failure('SOCKS_CREDENTIALS');
  socket.write(Buffer.concat([Buffer.of(5, 1, 0), addressOf(target.host), portOf(target.port)]));
  const [, reply, , kind] = await take(socket, 4);
  if (reply !== 0) throw failure('SOCKS_REFUSED');
  await take(socket, (await addressLength(socket, kind)) + 2);
}

async function addressLength(socket: Socket, kind: number | undefined): Promise<number> {
  if (kind === 1) return 4;
  if (kind === 4) return 16;
  if (kind !== 3) throw failure('SOCKS_PROTOCOL');
  const [length = 0] = await take(socket, 1);
  return length;
}

async function handshake4(socket: Socket, { user }: SocksProxy, { host, port }: SocksTarget) {
  const kind = isIP(host);
  if (kind === 6 || /\0/.test(user + host)) throw failure('SOCKS_PROTOCOL');
  const address = kind === 4 ? ipv4(host) : Buffer.of(0, 0, 0, 1);
  const name = kind === 4 ? '' : `${host}\0`;
  socket.write(Buffer.concat([Buffer.of(4, 1), portOf(port), address, Buffer.from(`${user}\0${name}`)]));
  const [version, reply] = await take(socket, 8);
  if (version !== 0) throw failure('SOCKS_PROTOCOL');
  if (reply !== 0x5a) throw failure('SOCKS_REFUSED');
}

/** Address type and address of version 5. */
function addressOf(host: string): Buffer {
  const kind = isIP(host);
  if (kind === 4) return Buffer.concat([Buffer.of(1), ipv4(host)]);
  if (kind === 6) return Buffer.concat([Buffer.of(4), ipv6(host)]);
  return Buffer.concat([Buffer.of(3), counted(host)]);
}

function counted(text: string): Buffer {
  const bytes = Buffer.from(text);
  if (bytes.length > 255) throw failure('SOCKS_PROTOCOL');
  return Buffer.concat([Buffer.of(bytes.length), bytes]);
}

function portOf(port: number): Buffer {
  return Buffer.of(port >> 8, port & 0xff);
}

function ipv4(address: string): Buffer {
  return Buffer.from(address.split('.').map(Number));
}

/** `URL` writes it in groups, without dots; of a zone nothing is left. */
function ipv6(address: string): Buffer {
  const { hostname } = new URL(`http://[${address.replace(/%.*$/, '')}]`);
  const [left = '', right = ''] = hostname.slice(1, -1).split('::');
  const [before, after] = [left, right].map((part) => part.split(':').filter(Boolean)) as [
    string[],
    string[],
  ];
  const zeros = Array<string>(8 - before.length - after.length).fill('0');
  return Buffer.from([...before, ...zeros, ...after].map((group) => group.padStart(4, '0')).join(''), 'hex');
}

/** The next bytes that the proxy sends; no more are read. */
async function take(socket: Socket, count: number): Promise<Buffer> {
  const taken: Buffer[] = [];
  for (let missing = count; missing > 0; ) {
    // Less than is there is never left behind: Node would call it readable again at once, before anything else.
    const bytes: Buffer | null = socket.read(Math.min(missing, socket.readableLength || 1));
    if (bytes !== null) {
      taken.push(bytes);
      missing -= bytes.length;
      continue;
    }
    if (socket.readableEnded || socket.destroyed) throw failure('SOCKS_PROTOCOL');
    const { signal, end } = newTurn();
    await Promise.race([once(socket, 'readable', { signal }), once(socket, 'close', { signal })]).finally(
      end,
    );
  }
  return Buffer.concat(taken);
}

/** Takes the listeners off again that were not called. */
function newTurn(): { readonly signal: AbortSignal; readonly end: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, end: () => controller.abort() };
}

function failure(code: string): Error {
  return Object.assign(new Error('the SOCKS proxy did not connect'), { code });
}

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
 * A connection to the target through the proxy, made by the library that npm uses.
 *
 * @throws an error with a code: those of sockets, or `SOCKS_REFUSED` for whatever the proxy and the library say
 */
export async function connectThroughSocks(
  proxy: SocksProxy,
  target: SocksTarget,
  options: SocksOptions,
): Promise<Socket> {
  const { SocksClient } = await import('socks');
  const bare = target.host.replace(/^\[|\]$/g, '');
  const host = proxy.resolvesNames ? bare : await resolve(bare, proxy.version, options.lookup);
  const socket = connect({ ...options, host: proxy.host, port: proxy.port });
  socket.setTimeout(TIMEOUT_MS, () => socket.destroy(failure('ETIMEDOUT')));
  try {
    await once(socket, 'connect');
    await SocksClient.createConnection({
      command: 'connect',
      proxy: {
        host: proxy.host,
        port: proxy.port,
        type: proxy.version,
        ...(proxy.user === '' && proxy.password === ''
          ? {}
          : { userId: proxy.user, password: proxy.password }),
      },
      destination: { host, port: target.port },
      existing_socket: socket,
      timeout: TIMEOUT_MS,
    }).catch((cause: unknown) => {
      throw failure('SOCKS_REFUSED', cause);
    });
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

function failure(code: string, cause?: unknown): Error {
  return Object.assign(new Error('the SOCKS proxy did not connect', { cause }), { code });
}

import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a server of ours answers. */
export type Served = {
  readonly status: 200 | 204 | 403 | 404 | 503;
  readonly type?: 'application/json' | 'application/octet-stream';
  readonly body?: string | Buffer;
};

export type Loopback = {
  /** With a trailing slash. Nobody who was not told it can guess it. */
  readonly url: string;
  readonly close: () => Promise<void>;
};

/**
 * Serves on 127.0.0.1, for a program that we start. `answer` gets the decoded path below `url`, without a leading slash.
 * Nothing of it is kept in npm's cache: the next run has another port.
 */
export async function serveLoopback(answer: (path: string) => Promise<Served>): Promise<Loopback> {
  const base = `/${randomBytes(18).toString('base64url')}/`;
  const server = createServer((request, response) => {
    const reply = ({ status, type = 'application/json', body = '' }: Served): void => {
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
    };
    const path = pathBelow(base, request.url ?? '');
    if (path === null) reply({ status: 404, body: '{}' });
    else answer(path).then(reply, () => reply({ status: 503, body: '{}' }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  server.unref();
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}${base}`, close: () => closed(server) };
}

function pathBelow(base: string, target: string): string | null {
  try {
    return target.startsWith(base) ? decodeURIComponent(target.slice(base.length)) : null;
  } catch {
    return null;
  }
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

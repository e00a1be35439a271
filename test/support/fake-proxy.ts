import {
  createServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type Socket } from 'node:net';
import { listen } from './fake-listen.js';
import { testCertificates } from './tls-certificates.js';

export type FakeProxyOptions = {
  /** Every host that is asked for is this port of 127.0.0.1: made-up host names work behind the proxy only. */
  readonly targetPort: number;
  /** Requests without this Proxy-Authorization header get 407. */
  readonly authorization?: string;
  readonly tls?: boolean;
};

export type FakeProxy = {
  readonly url: string;
  /** CONNECT and forwarded requests, as the proxy sees them. */
  readonly requests: readonly {
    readonly method: string;
    readonly url: string;
    readonly headers: IncomingHttpHeaders;
  }[];
  readonly close: () => Promise<void>;
};

/** Starts a proxy that tunnels (CONNECT) and forwards (absolute URLs) to one port. */
export async function startFakeProxy(options: FakeProxyOptions): Promise<FakeProxy> {
  const requests: { method: string; url: string; headers: IncomingHttpHeaders }[] = [];
  const sockets = new Set<Socket>();
  const admit = (request: IncomingMessage): boolean => {
    requests.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers });
    return (
      options.authorization === undefined || request.headers['proxy-authorization'] === options.authorization
    );
  };
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    if (admit(request)) forward(request, response, options.targetPort);
    else response.writeHead(407).end();
  };
  const server = options.tls
    ? createTlsServer({ ...testCertificates().server }, onRequest)
    : createServer(onRequest);
  server.on('connect', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    if (!admit(request)) return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    sockets.add(socket);
    tunnel(socket, head, options.targetPort);
  });
  const port = await listen(server);
  return {
    url: `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function forward(request: IncomingMessage, response: ServerResponse, port: number): void {
  const { pathname, search } = new URL(request.url ?? '');
  const { 'proxy-authorization': _dropped, ...headers } = request.headers;
  const onward = httpRequest({
    host: '127.0.0.1',
    port,
    path: pathname + search,
    method: request.method,
    headers,
  });
  onward.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.writeHead(502).end());
  onward.end();
}

function tunnel(socket: Socket, head: Buffer, port: number): void {
  const onward = connect(port, '127.0.0.1', () => {
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    if (head.length > 0) onward.write(head);
    socket.pipe(onward).pipe(socket);
  });
  const drop = (): void => {
    socket.destroy();
    onward.destroy();
  };
  socket.on('error', drop).on('close', drop);
  onward.on('error', drop).on('close', drop);
}

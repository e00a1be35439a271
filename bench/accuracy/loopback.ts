import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { downloadsAnswer } from '../../test/support/fake-downloads.js';
import { listen } from '../../test/support/fake-listen.js';
import type { MadePackage } from './make-packument.js';

/** What the servers say until told otherwise. */
export type Served = { readonly packages: readonly MadePackage[]; readonly downloadsDown: boolean };

export type Loopback = {
  /** Ends with a slash. */
  readonly registryUrl: string;
  /** What stands before `/point/`. */
  readonly downloadsUrl: string;
  readonly serve: (served: Served) => void;
  /** Requests since `serve`, by server. */
  readonly requests: () => { readonly registry: number; readonly downloads: number };
  readonly close: () => Promise<void>;
};

/** A registry and a download service on free ports of 127.0.0.1. */
export async function startLoopback(): Promise<Loopback> {
  let documents = new Map<string, MadePackage>();
  let counts: Record<string, number | null> = {};
  let downloadsDown = false;
  let requests = { registry: 0, downloads: 0 };
  const registry = await start((request, response) => {
    requests.registry++;
    const document = documents.get(decodeURIComponent((request.url ?? '').slice(1)))?.document ?? null;
    if (document === null) send(response, 404, { error: 'Not found' });
    else send(response, 200, document);
  });
  const downloads = await start((request, response) => {
    requests.downloads++;
    const names = decodeURIComponent((request.url ?? '').replace('/point/last-week/', ''));
    const answer = downloadsDown ? { status: 503, body: {} } : downloadsAnswer(counts, names);
    send(response, answer.status, answer.body);
  });
  return {
    registryUrl: `${registry.origin}/`,
    downloadsUrl: downloads.origin,
    serve: (served) => {
      documents = new Map(served.packages.map((made) => [made.name, made]));
      counts = Object.fromEntries(
        served.packages.map(({ name, weeklyDownloads }) => [name, weeklyDownloads]),
      );
      downloadsDown = served.downloadsDown;
      requests = { registry: 0, downloads: 0 };
    },
    requests: () => requests,
    close: async () => {
      await Promise.all([registry.close(), downloads.close()]);
    },
  };
}

async function start(answer: RequestListener) {
  const server = createServer(answer);
  const port = await listen(server);
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Forwarder = {
  /** Base URL with a trailing slash. */
  readonly url: string;
  readonly close: () => Promise<void>;
};

/** Serves what `target` (base URL with a trailing slash) serves, with its own URL in place of the target's, on another address of this machine. */
export async function startForwarder(target: string, address: string): Promise<Forwarder> {
  const server = createServer((request, response) => {
    void forward(new URL(request.url ?? '/', target)).then(
      ({ status, type, body }) => response.writeHead(status, { 'content-type': type }).end(body),
      () => response.destroy(),
    );
  });
  await new Promise<void>((done) => server.listen(0, address, done));
  const url = `http://${address}:${(server.address() as AddressInfo).port}/`;
  const forward = async (asked: URL) => {
    const answer = await fetch(asked);
    const type = answer.headers.get('content-type') ?? 'application/octet-stream';
    const bytes = Buffer.from(await answer.arrayBuffer());
    const body = type.includes('json') ? bytes.toString('utf8').replaceAll(target, url) : bytes;
    return { status: answer.status, type, body };
  };
  return {
    url,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

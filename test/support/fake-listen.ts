import type { AddressInfo, Server } from 'node:net';

/** Listens on a free port of 127.0.0.1 and returns the port. */
export function listen(server: Server): Promise<number> {
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => done((server.address() as AddressInfo).port));
  });
}

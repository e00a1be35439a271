import { connect, createServer, type Server, type Socket } from 'node:net';
import { listen } from '../../test/support/fake-listen.js';

/** A port before a server that can be closed and opened again: the network between. */
export type Gate = {
  /** Ends with a slash. */
  readonly url: string;
  /** Ends every connection and refuses new ones. */
  readonly cut: () => Promise<void>;
  readonly mend: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export async function openGate(port: number): Promise<Gate> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
  };
  const forward = (socket: Socket): void => {
    const behind = connect(port, '127.0.0.1');
    keep(socket);
    keep(behind);
    socket.pipe(behind).pipe(socket);
  };
  let server: Server = createServer(forward);
  const own = await listen(server);
  const cut = async (): Promise<void> => {
    const closed = new Promise((done) => server.close(done));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return {
    url: `http://127.0.0.1:${own}/`,
    cut,
    mend: () => {
      server = createServer(forward);
      return new Promise((done, fail) => {
        server.once('error', fail).listen(own, '127.0.0.1', done);
      });
    },
    close: cut,
  };
}

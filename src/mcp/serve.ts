import { type Readable, Writable } from 'node:stream';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import { createServer } from './create-server.js';
import type { Guard } from './guard.js';

export type Wire = {
  readonly stdin: Readable;
  /** Carries the protocol and nothing else. Resolves when more may be written. */
  readonly write: (text: string) => unknown;
  /** What went wrong with the connection, for whoever reads the log. */
  readonly onError: (error: Error) => void;
};

/** Serves MCP until stdin ends or `signal` aborts; calls that are under way then are ended, and not answered. */
export async function serve(
  guard: Guard,
  { stdin, write, onError }: Wire,
  signal: AbortSignal,
): Promise<void> {
  const stopped = new AbortController();
  const stdout = new Writable({
    decodeStrings: false,
    write: (text: string, _encoding, done) => {
      Promise.resolve(write(text)).then(() => done(), done);
    },
  });
  const transport = new StdioServerTransport(stdin, stdout);
  const server = serveStdio(() => createServer(guard, stopped.signal), { transport, onerror: onError });
  await new Promise<void>((resolve) => {
    const { onclose } = transport;
    transport.onclose = () => {
      onclose?.();
      resolve();
    };
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  stopped.abort();
  await server.close();
}

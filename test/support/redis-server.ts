import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '@redis/client';
import { freePort } from './free-port.js';

const PROGRAM = '/usr/bin/redis-server';

/** Debian's `redis-server`, which .ci/run installs. */
export const hasRedis = existsSync(PROGRAM);
if (!hasRedis) process.stdout.write(`${PROGRAM} is not here: the tests of the shared store skip\n`);

export type RedisServer = {
  readonly port: number;
  /** One command with its answer as text. */
  readonly run: (...words: readonly string[]) => Promise<unknown>;
  /** All keys that are not claims. */
  readonly entries: () => Promise<readonly string[]>;
  /** Ends it at once, as a machine that dies. */
  readonly kill: () => Promise<void>;
  /** Starts it again on the same port. */
  readonly start: () => Promise<void>;
  /** Stops it from answering, its connections staying open. */
  readonly pause: () => void;
  readonly resume: () => void;
};

/** A redis-server on a free port of loopback. @param options of redis-server, without the dashes */
export async function startRedis(options: Readonly<Record<string, string>> = {}): Promise<RedisServer> {
  const port = await freePort();
  const dir = mkdtempSync(path.join(tmpdir(), 'phantom-guard-redis-'));
  const all = { port: String(port), bind: '127.0.0.1', save: '', dir, daemonize: 'no', ...options };
  const words = Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]);
  let child: ChildProcess;
  const start = async (): Promise<void> => {
    child = spawn(PROGRAM, words, { stdio: 'ignore' });
    await untilUp(port);
  };
  const run = async (...command: readonly string[]): Promise<unknown> => {
    const client = createClient({
      url: `redis://127.0.0.1:${port}`,
      ...(options['requirepass'] === undefined ? {} : { password: options['requirepass'] }),
    });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await client.sendCommand([...command]);
    } finally {
      client.destroy();
    }
  };
  await start();
  return {
    port,
    run,
    entries: async () =>
      ((await run('KEYS', '*')) as readonly string[]).filter((key) => !key.endsWith(':asking')),
    kill: async () => {
      const gone = new Promise((done) => child.once('exit', done));
      child.kill('SIGCONT');
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await gone;
    },
    start,
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
  };
}

async function untilUp(port: number): Promise<void> {
  for (let round = 0; round < 400; round += 1) {
    const client = createClient({ url: `redis://127.0.0.1:${port}`, socket: { reconnectStrategy: false } });
    client.on('error', () => undefined);
    try {
      await client.connect();
      client.destroy();
      return;
    } catch (error) {
      // A server that asks for a password is up too.
      if (/NOAUTH|AUTH/.test(String(error))) return;
      await sleep(25);
    }
  }
  throw new Error(`redis-server did not come up on port ${port}`);
}

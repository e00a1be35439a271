import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { listen } from '../../support/fake-listen.js';
import { type FakeRegistry, startFakeRegistry } from '../../support/fake-registry.js';
import { hasRedis, type RedisServer, startRedis } from '../../support/redis-server.js';
import { documents, machine, type Outcome, verdictsOf } from './machines.js';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function startRegistry(): Promise<FakeRegistry> {
  const registry = await startFakeRegistry({ packages: documents(), absent: [], allowUnused: true });
  closers.push(registry.close);
  return registry;
}

type Answer = (socket: Socket) => void;

/** A server that greets as a Redis does, and gives its own answer to the first question. */
async function startLiar(answer: Answer): Promise<string> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      const commands = data.toString('latin1').match(/\*\d+\r\n\$\d+\r\n[A-Z]+/g) ?? [];
      for (const command of commands) {
        if (command.endsWith('HELLO')) socket.write('%1\r\n+proto\r\n:3\r\n');
        else if (command.endsWith('MGET')) answer(socket);
        else socket.write('+OK\r\n');
      }
    });
  });
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  return `redis://127.0.0.1:${await listen(server)}`;
}

const LIES: Readonly<Record<string, Answer>> = {
  'bytes that are no answer': (socket) => socket.write(Buffer.from([0, 255, 13, 10, 7, 42])),
  'a page of the web': (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
  'values of 10 MB': (socket) => socket.write(`*3\r\n${`$10000000\r\n${'x'.repeat(1e7)}\r\n`.repeat(3)}`),
  'a value without an end': (socket) => socket.write(`*3\r\n$99999999999\r\n${'x'.repeat(1e6)}`),
  'lists in lists': (socket) => socket.write('*1\r\n'.repeat(200_000)),
  'numbers and maps': (socket) => socket.write('*3\r\n:1\r\n#t\r\n%0\r\n'),
  'more than was asked for': (socket) => socket.write(`*9\r\n${'$1\r\nx\r\n'.repeat(9)}`),
  'less than was asked for': (socket) => socket.write('*1\r\n_\r\n'),
  'a word': (socket) => socket.write('+OK\r\n'),
  'answers to nothing': (socket) => socket.write('*3\r\n_\r\n_\r\n_\r\n'.repeat(1_000)),
  'an error that drives a terminal': (socket) => socket.write('-ERR \u001b[31m\u001b]0;x\u0007\r\n'),
};

describe('a store that answers with', () => {
  it.each(Object.keys(LIES))('%s changes no verdict', async (lie) => {
    const { url } = await startRegistry();
    const right = verdictsOf(
      await machine({ registry: url, store: 'redis://127.0.0.1:1', key: null }).check(),
    );
    const store = await startLiar(LIES[lie] as Answer);
    const outcome = await machine({ registry: url, store }).check();
    expect(verdictsOf(outcome)).toEqual(right);
    expect(outcome.status).toBe(0);
    expect(outcome.stderr).not.toContain('\u001b');
    expect(outcome.stderr).not.toContain('\u0007');
  });
});

describe.skipIf(!hasRedis)('who can write to the store, and has no key,', () => {
  const urlOf = ({ port }: RedisServer): string => `redis://127.0.0.1:${port}?deadline=10000`;

  it.each([
    ['puts values of other kinds under its keys', (key: string) => [['RPUSH', key, 'x']]],
    ['keeps every claim', (key: string) => [['SET', `${key}:asking`, '1']]],
    ['makes claims of other kinds', (key: string) => [['RPUSH', `${key}:asking`, '1']]],
  ])('%s: no verdict changes', async (_, commandsFor) => {
    const redis = await startRedis();
    closers.push(redis.kill);
    const { url } = await startRegistry();
    const check = async (): Promise<Outcome> =>
      await machine({ registry: url, store: urlOf(redis), names: ['zq-one'] }).check();
    const right = verdictsOf(await check());
    for (const key of await redis.entries()) {
      await redis.run('DEL', key);
      for (const command of commandsFor(key)) await redis.run(...command);
    }
    const outcome = await check();
    expect([verdictsOf(outcome), outcome.status]).toEqual([right, 0]);
    expect(outcome.report.stats.registryRequests).toBe(1);
  });
});

import { ErrorReply } from '@redis/client';
import { beforeDeadline } from './before-deadline.js';
import { createRedisClient, letGo, type RedisClient } from './redis-client.js';
import { parseRedisPlace, type RedisPlace } from './redis-place.js';
import type { Entry, StoreProblem, ValueStore } from './value-store.js';

const MS_PER_KEY = 0.05;
/** A store that failed is left alone for so long: a program that stays tries again. */
const REST_MS = 5_000;
/** Keys of one MGET: more would hold up other clients of a Redis. */
const KEYS_AT_ONCE = 512;

type Asking = { readonly isWrite: boolean; readonly ms: number };

/** A Redis or Valkey, or a cluster of them. @param text as {@link parseRedisPlace} reads it */
export function createRedisStore(text: string): ValueStore {
  const place = parseRedisPlace(text);
  const { host, deadlines } = place;
  const nowMs = (): number => performance.now();
  const deadlineMs = (keys: readonly string[]): number => deadlines.answerMs + MS_PER_KEY * keys.length;
  const problems = new Map<'use' | 'write', StoreProblem>();
  const restUntilMs = { use: 0, write: 0 };
  const fail = (what: 'use' | 'write', error: unknown): void => {
    restUntilMs[what] = nowMs() + REST_MS;
    const verb = what === 'use' ? 'could not be used' : 'took nothing';
    const message = problems.get(what)?.message ?? `The store ${host} ${verb}: ${reasonOf(error)}`;
    problems.set(what, { message, isOver: false });
  };
  const recover = (what: 'use' | 'write'): void => {
    const problem = problems.get(what);
    if (problem !== undefined) problems.set(what, { ...problem, isOver: true });
  };
  const connection = createConnection(place, (error) => fail('use', error));
  /** What `run` says, or `otherwise` where the store rests, fails or is late. */
  const ask = async <T>(
    { isWrite, ms }: Asking,
    run: (client: RedisClient) => Promise<T>,
    otherwise: T,
  ): Promise<T> => {
    if (nowMs() < (isWrite ? Math.max(restUntilMs.use, restUntilMs.write) : restUntilMs.use))
      return otherwise;
    try {
      const client = await beforeDeadline(connection.open(), deadlines.connectMs);
      const said = await beforeDeadline(run(client), ms);
      // A cluster may have brought connections that were not there before.
      letGo(client);
      recover('use');
      if (isWrite) recover('write');
      return said;
    } catch (error) {
      // A server that is full or read-only still has what it has.
      if (isWrite && error instanceof ErrorReply) fail('write', error);
      else {
        fail('use', error);
        connection.drop();
      }
      return otherwise;
    }
  };
  let writing: Promise<unknown> = Promise.resolve();
  return {
    read: async (keys) => {
      const nothing = keys.map(() => null);
      return await ask({ isWrite: false, ms: deadlineMs(keys) }, (client) => readAll(client, keys), nothing);
    },
    claim: async (keys, forMs) => {
      const all = keys.map(() => true);
      return await ask(
        { isWrite: true, ms: deadlineMs(keys) },
        (client) => claimAll(client, keys, forMs),
        all,
      );
    },
    write: (entries, release) => {
      const run = (client: RedisClient): Promise<void> => writeAll(client, entries, release);
      const behind = ask({ isWrite: true, ms: deadlines.writeMs }, run, undefined);
      writing = writing.then(() => behind);
    },
    flush: async () => {
      await writing;
    },
    close: async () => {
      await writing;
      connection.drop();
    },
    problems: () => [...problems.values()],
  };
}

/** One connection, made when it is first needed, and anew after it broke. */
function createConnection(place: RedisPlace, onFault: (error: unknown) => void) {
  let opening: Promise<RedisClient> | null = null;
  let current: RedisClient | null = null;
  const drop = (): void => {
    if (current !== null) end(current);
    current = null;
    opening = null;
  };
  const open = async (): Promise<RedisClient> => {
    const client = createRedisClient(place);
    current = client;
    client.on('error', (error) => {
      // Of a cluster another node may do; where none does, the command says so.
      if (current !== client || place.seeds !== null) return;
      onFault(error);
      drop();
    });
    await client.connect();
    letGo(client);
    return client;
  };
  return {
    open: (): Promise<RedisClient> => {
      opening ??= open();
      return opening;
    },
    drop,
  };
}

/** A cluster that could not be opened as a whole has connections all the same, and one server throws where it has none. */
function end(client: RedisClient): void {
  try {
    client.destroy();
  } catch {
    // There was none.
  }
}

async function readAll(client: RedisClient, keys: readonly string[]): Promise<readonly (Buffer | null)[]> {
  const parts: string[][] = [];
  for (let at = 0; at < keys.length; at += KEYS_AT_ONCE) parts.push(keys.slice(at, at + KEYS_AT_ONCE));
  // Commands of one turn of the event loop go out together: one round trip.
  return (await Promise.all(parts.map((part) => client.mGet(part)))).flat();
}

async function claimAll(
  client: RedisClient,
  keys: readonly string[],
  forMs: number,
): Promise<readonly boolean[]> {
  const set = async (key: string): Promise<boolean> =>
    (await client.set(key, '1', { condition: 'NX', expiration: { type: 'PX', value: forMs } })) !== null;
  return await Promise.all(keys.map(set));
}

async function writeAll(
  client: RedisClient,
  entries: readonly Entry[],
  release: readonly string[],
): Promise<void> {
  const written = entries.map(({ key, value, forMs }) =>
    client.set(key, value, { expiration: { type: 'PX', value: Math.ceil(forMs) } }),
  );
  const released = release.length === 0 ? [] : [client.unlink([...release])];
  await Promise.all([...written, ...released]);
}

/** What the server or the system says; neither repeats the password. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  const said = code ?? error.message.slice(0, 120);
  return /^(?:MOVED|CROSSSLOT)\b/.test(said)
    ? `it is a cluster, and its URL lacks cluster=true (${said})`
    : said;
}

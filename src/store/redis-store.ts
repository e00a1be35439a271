import { createClient, ErrorReply, RESP_TYPES } from '@redis/client';
import { beforeDeadline } from './before-deadline.js';
import type { Entry, ValueStore } from './value-store.js';

type Deadlines = {
  /** For the answer to a read or a claim, and for each of its keys {@link MS_PER_KEY} more. */
  readonly answerMs: number;
  /** For a connection with TLS and AUTH. It is made once. */
  readonly connectMs: number;
  /** For what is written behind the caller. */
  readonly writeMs: number;
};

/** Milliseconds to wait for an answer where the URL doesn't say; a network of one organisation takes one or two. */
const DEADLINE_MS = 50;
const MS_PER_KEY = 0.05;
/** A store that failed is left alone for so long: a program that stays tries again. */
const REST_MS = 5_000;
/** Keys of one MGET: more would hold up other clients of a Redis. */
const KEYS_AT_ONCE = 512;

/** The deadline is ours; the client knows no such parameter. */
function parsePlace(place: string): { readonly url: string; readonly deadlines: Deadlines } {
  const url = new URL(place);
  const answerMs = Number(url.searchParams.get('deadline') ?? DEADLINE_MS);
  url.search = '';
  return { url: url.href, deadlines: { answerMs, connectMs: 5 * answerMs, writeMs: 20 * answerMs } };
}

type Asking = { readonly isWrite: boolean; readonly ms: number };
type Client = ReturnType<typeof connectTo>;

/**
 * A Redis or Valkey.
 *
 * @param place `redis[s]://[[USER]:PASSWORD@]HOST[:PORT][/DATABASE][?deadline=MS]`
 */
export function createRedisStore(place: string): ValueStore {
  const { url, deadlines } = parsePlace(place);
  const nowMs = (): number => performance.now();
  const deadlineMs = (keys: readonly string[]): number => deadlines.answerMs + MS_PER_KEY * keys.length;
  const { host } = new URL(url);
  const problems = new Map<'use' | 'write', string>();
  const restUntilMs = { use: 0, write: 0 };
  const fail = (what: 'use' | 'write', error: unknown): void => {
    restUntilMs[what] = nowMs() + REST_MS;
    const verb = what === 'use' ? 'could not be used' : 'took nothing';
    if (!problems.has(what)) problems.set(what, `The store ${host} ${verb}: ${reasonOf(error)}`);
  };
  const connection = createConnection(url, deadlines.connectMs, (error) => fail('use', error));
  /** What `run` says, or `otherwise` where the store rests, fails or is late. */
  const ask = async <T>(
    { isWrite, ms }: Asking,
    run: (client: Client) => Promise<T>,
    otherwise: T,
  ): Promise<T> => {
    if (nowMs() < (isWrite ? Math.max(restUntilMs.use, restUntilMs.write) : restUntilMs.use))
      return otherwise;
    try {
      const client = await beforeDeadline(connection.open(), deadlines.connectMs);
      return await beforeDeadline(run(client), ms);
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
      const run = (client: Client): Promise<void> => writeAll(client, entries, release);
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

function connectTo(url: string, connectMs: number) {
  const socket = { connectTimeout: connectMs, reconnectStrategy: false } as const;
  return createClient({ url, socket, disableOfflineQueue: true, name: 'phantom-guard' }).withTypeMapping({
    [RESP_TYPES.BLOB_STRING]: Buffer,
  });
}

/** One connection, made when it is first needed, and anew after it broke. */
function createConnection(url: string, connectMs: number, onFault: (error: unknown) => void) {
  let opening: Promise<Client> | null = null;
  let current: Client | null = null;
  const drop = (): void => {
    if (current?.isOpen === true) current.destroy();
    current = null;
    opening = null;
  };
  const open = async (): Promise<Client> => {
    const client = connectTo(url, connectMs);
    current = client;
    client.on('error', (error) => {
      if (current !== client) return;
      onFault(error);
      drop();
    });
    await client.connect();
    return client;
  };
  return {
    open: (): Promise<Client> => {
      opening ??= open();
      return opening;
    },
    drop,
  };
}

async function readAll(client: Client, keys: readonly string[]): Promise<readonly (Buffer | null)[]> {
  const parts: string[][] = [];
  for (let at = 0; at < keys.length; at += KEYS_AT_ONCE) parts.push(keys.slice(at, at + KEYS_AT_ONCE));
  // Commands of one turn of the event loop go out together: one round trip.
  return (await Promise.all(parts.map((part) => client.mGet(part)))).flat();
}

async function claimAll(client: Client, keys: readonly string[], forMs: number): Promise<readonly boolean[]> {
  const set = async (key: string): Promise<boolean> =>
    (await client.set(key, '1', { condition: 'NX', expiration: { type: 'PX', value: forMs } })) !== null;
  return await Promise.all(keys.map(set));
}

async function writeAll(
  client: Client,
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
  return code ?? error.message.slice(0, 120);
}

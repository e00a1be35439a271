import { createClient, createCluster, RESP_TYPES } from '@redis/client';
import type { RedisPlace } from './redis-place.js';

/** A connection to one server, or those to the nodes of a cluster. */
export type RedisClient = ReturnType<typeof toServer> | ReturnType<typeof toCluster>;

const AS_BUFFER = { [RESP_TYPES.BLOB_STRING]: Buffer };
const NAME = 'phantom-guard';

/** Not connected yet. It emits `error`, and does not come back by itself. */
export function createRedisClient(place: RedisPlace): RedisClient {
  return place.seeds === null ? toServer(place) : toCluster(place, place.seeds);
}

function toServer({ url, deadlines }: RedisPlace) {
  const socket = { connectTimeout: deadlines.connectMs, reconnectStrategy: false } as const;
  const client = createClient({ url, socket, disableOfflineQueue: true, name: NAME });
  return client.withTypeMapping(AS_BUFFER);
}

/** What a seed says of the nodes is an address alone: password and TLS are those of the URL. */
function toCluster({ url, deadlines }: RedisPlace, seeds: readonly string[]) {
  const { protocol, username, password } = new URL(url);
  const socket = {
    connectTimeout: deadlines.connectMs,
    reconnectStrategy: false,
    ...(protocol === 'rediss:' ? { tls: true as const } : {}),
  } as const;
  const login = password === '' ? {} : { password: decodeURIComponent(password) };
  const user = username === '' ? {} : { username: decodeURIComponent(username) };
  return createCluster({
    rootNodes: seeds.map((seed) => ({ url: seed })),
    defaults: { ...login, ...user, socket, disableOfflineQueue: true, name: NAME },
  }).withTypeMapping(AS_BUFFER);
}

/** A connection that nobody waits at keeps no program alive: pnpm ends by itself, and a hook in it can't close anything. */
export function letGo(client: RedisClient): void {
  if (!('nodeByAddress' in client)) client.unref();
  else for (const { client: node } of client.nodeByAddress.values()) node?.unref();
}

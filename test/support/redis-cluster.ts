import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.js';
import { type RedisServer, startRedis } from './redis-server.js';

export type RedisCluster = {
  /** Three that have the slots, and then one replica of each. */
  readonly nodes: readonly RedisServer[];
  /** Keys of all that have slots, without claims. */
  readonly entries: () => Promise<readonly string[]>;
  /** Resolves when a node has taken over and `asked` knows of it. */
  readonly untilFailedOver: (asked: RedisServer) => Promise<void>;
  readonly close: () => Promise<void>;
};

const SLOTS = 16_384;
const MASTERS = 3;
const ROUNDS = 600;
/** Milliseconds without an answer after which the others replace a node; a busy machine has pauses. */
const NODE_TIMEOUT_MS = '2000';

/** A cluster of six servers on loopback. @param options of each redis-server, without the dashes */
export async function startRedisCluster(
  options: Readonly<Record<string, string>> = {},
): Promise<RedisCluster> {
  const nodes = await Promise.all(
    Array.from({ length: 2 * MASTERS }, async () => {
      const bus = String(await freePort());
      return await startRedis({
        'cluster-enabled': 'yes',
        'cluster-port': bus,
        'cluster-node-timeout': NODE_TIMEOUT_MS,
        // Only so do the nodes tell a client with TLS of their ports with TLS.
        ...(options['tls-cert-file'] === undefined
          ? {}
          : { 'tls-port': String(await freePort()), 'tls-cluster': 'yes', 'tls-replication': 'yes' }),
        ...options,
      });
    }),
  );
  const masters = nodes.slice(0, MASTERS);
  const [first] = nodes as [RedisServer];
  for (const [index, { run }] of masters.entries()) {
    const [from, to] = [index, index + 1].map((part) => Math.floor((SLOTS * part) / MASTERS));
    await run('CLUSTER', 'ADDSLOTSRANGE', String(from), String((to ?? 0) - 1));
  }
  for (const { run } of nodes.slice(1)) {
    const { port, busPort: bus } = await placeOf(first);
    await run('CLUSTER', 'MEET', '127.0.0.1', port, bus);
  }
  await untilAll(nodes, (info) => /cluster_known_nodes:6\b/.test(info));
  for (const [index, { run }] of nodes.slice(MASTERS).entries())
    await run('CLUSTER', 'REPLICATE', String(await (masters[index] as RedisServer).run('CLUSTER', 'MYID')));
  await untilAll(nodes, (info) => info.includes('cluster_state:ok'));
  for (const { run } of nodes.slice(MASTERS))
    await until(async () => String(await run('INFO', 'replication')).includes('master_link_status:up'));
  return {
    nodes,
    entries: async () => (await Promise.all(masters.map(({ entries }) => entries()))).flat(),
    untilFailedOver: async ({ run }) =>
      await until(async () => {
        const shown = String(await run('CLUSTER', 'NODES'));
        const isWhole = String(await run('CLUSTER', 'INFO')).includes('cluster_state:ok');
        return isWhole && /master,fail /.test(shown);
      }),
    close: async () => {
      for (const node of nodes) await node.kill();
    },
  };
}

async function placeOf({
  port,
  run,
}: RedisServer): Promise<{ readonly port: string; readonly busPort: string }> {
  const shown = String(await run('CLUSTER', 'NODES'));
  return { port: String(port), busPort: /@(\d+)[, ].*myself/.exec(shown)?.[1] ?? '' };
}

async function untilAll(nodes: readonly RedisServer[], holds: (info: string) => boolean): Promise<void> {
  await until(async () => {
    const infos = await Promise.all(nodes.map(({ run }) => run('CLUSTER', 'INFO')));
    return infos.every((info) => holds(String(info)));
  });
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    if (await holds()) return;
    await sleep(50);
  }
  throw new Error('the cluster did not get there');
}

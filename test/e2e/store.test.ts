import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeRegistry, packument, startFakeRegistry } from '../support/fake-registry.js';
import { packageLock, writeFiles, writeProject } from '../support/projects.js';
import { startRedisCluster } from '../support/redis-cluster.js';
import { hasRedis, type RedisServer, startRedis } from '../support/redis-server.js';
import { type CliRun, runCli } from '../support/run-cli.js';
import { testCertificates } from '../support/tls-certificates.js';

const PASSWORD = 'zq-password';
const NAME = 'zq-one';

function urlOf(port: number | string): string {
  return `rediss://:${PASSWORD}@127.0.0.1:${port}?deadline=10000`;
}

describe.skipIf(!hasRedis)('a store with TLS and a password', () => {
  let registry: FakeRegistry;
  let redis: RedisServer;
  let ca: string;
  let tls: Readonly<Record<string, string>>;
  beforeAll(async () => {
    registry = await startFakeRegistry({
      packages: { [NAME]: packument({ name: NAME }) },
      allowUnused: true,
    });
    const { ca: authority, server } = testCertificates();
    const folder = mkdtempSync(path.join(tmpdir(), 'phantom-guard-redis-tls-'));
    writeFiles(folder, { 'ca.pem': authority, 'cert.pem': server.cert, 'key.pem': server.key });
    ca = path.join(folder, 'ca.pem');
    tls = {
      requirepass: PASSWORD,
      'tls-cert-file': path.join(folder, 'cert.pem'),
      'tls-key-file': path.join(folder, 'key.pem'),
      'tls-ca-cert-file': ca,
      'tls-auth-clients': 'no',
    };
    redis = await startRedis({ 'tls-port': '0', ...tls });
    await redis.run('CONFIG', 'SET', 'tls-port', String(redis.port + 1));
  });
  afterAll(async () => {
    await registry.close();
    await redis.kill();
  });

  /** The built program on a machine of its own. */
  async function check(trusts: boolean, store = urlOf(redis.port + 1)): Promise<CliRun> {
    const home = mkdtempSync(path.join(tmpdir(), 'phantom-guard-machine-'));
    const folder = path.join(home, '.config/phantom-guard');
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'config.json'), JSON.stringify({ store }));
    writeFileSync(path.join(folder, 'store.key'), Buffer.alloc(32, 7), { mode: 0o600 });
    const cwd = writeProject({
      '.npmrc': `registry=${registry.url}\n`,
      'package-lock.json': packageLock({
        [`node_modules/${NAME}`]: { version: '1.0.0', integrity: `sha512-${'A'.repeat(86)}==` },
      }),
    });
    const env = {
      HOME: home,
      XDG_CONFIG_HOME: path.join(home, '.config'),
      ...(trusts ? { NODE_EXTRA_CA_CERTS: ca } : {}),
    };
    return await runCli(['check', '--format', 'json', '--downloads-url', 'none'], { cwd, env });
  }

  it('is shared by machines that trust its authority', async () => {
    const first = await check(true);
    expect(first.stderr).toBe('');
    expect(first.report().stats.registryRequests).toBe(1);
    expect((await check(true)).report().stats).toMatchObject({ registryRequests: 0, cacheHits: 1 });
  });

  it('is not used by one that does not, which says so and goes on', async () => {
    const run = await check(false);
    expect(run.report()).toMatchObject({ status: 'allowed', stats: { registryRequests: 1 } });
    expect(run.stderr).toMatch(/The store 127\.0\.0\.1:\d+ could not be used: .*(?:CERT|VERIFY|SIGNATURE)/);
    expect(run.stderr).not.toContain(PASSWORD);
  });

  it('may be a cluster, whose nodes are trusted and asked in the same way', async () => {
    const cluster = await startRedisCluster({ ...tls, masterauth: PASSWORD });
    try {
      const [node] = cluster.nodes as [RedisServer];
      const port = (await node.run('CONFIG', 'GET', 'tls-port')) as Readonly<Record<string, string>>;
      const store = `${urlOf(port['tls-port'] ?? '')}&cluster=true`;
      const first = await check(true, store);
      expect(first.stderr).toBe('');
      expect(first.report().stats.registryRequests).toBe(1);
      expect((await check(true, store)).report().stats).toMatchObject({ registryRequests: 0, cacheHits: 1 });
      expect((await check(false, store)).report()).toMatchObject({ stats: { registryRequests: 1 } });
    } finally {
      await cluster.close();
    }
  }, 120_000);
});

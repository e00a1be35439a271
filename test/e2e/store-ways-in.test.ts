import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BYSTANDERS, CURRENT, matrixPackages } from '../matrix/packages.js';
import { guardHome, wirePnpmfile } from '../support/pnpm-guard.js';
import { type PnpmManager, pnpmEnv, pnpmManagers, runPnpm } from '../support/pnpm-managers.js';
import { pnpmFolder } from '../support/pnpm-on-path.js';
import { writeFiles, writeProject } from '../support/projects.js';
import { hasRedis, type RedisServer, startRedis } from '../support/redis-server.js';
import { CLI } from '../support/run-cli.js';
import { type ProcessRun, runProcess } from '../support/run-process.js';
import { startTarballRegistry, type TarballRegistry } from '../support/tarball-registry.js';

const [ONE] = BYSTANDERS;
/** Up to 11 it runs in Node and ends when nothing is open any more; 12 is native. */
const MANAGERS = pnpmManagers('9.15.9,12.21.0').managers;
const PROJECT = {
  'package.json': { name: 'zq-project', version: '1.0.0', dependencies: { [ONE]: CURRENT } },
};
let redis: RedisServer;
let registry: TarballRegistry;

const KEY = { PHANTOM_GUARD_CACHE_KEY: 'a key of thirty-two characters!!' };

/** A home of the organisation, which names the store. */
function machine(): string {
  const home = mkdtempSync(path.join(tmpdir(), 'phantom-guard-machine-'));
  const store = `redis://127.0.0.1:${redis.port}?deadline=10000`;
  // pnpm's tests keep configuration elsewhere than npm's.
  for (const folder of ['.config', 'config'])
    writeFiles(home, { [`${folder}/phantom-guard/config.json`]: { store } });
  return home;
}

type WayIn = (home: string) => Promise<ProcessRun>;

const throughNpm: WayIn = async (home) =>
  await runProcess(process.execPath, [CLI, '--downloads-url', 'none', 'npm', 'install'], {
    cwd: writeProject(PROJECT),
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: home,
      npm_config_registry: registry.url,
      npm_config_cache: path.join(home, 'npm'),
      npm_config_update_notifier: 'false',
      npm_config_audit: 'false',
      ...KEY,
    },
  });

const throughPnpm =
  (pnpm: PnpmManager): WayIn =>
  async (home) => {
    const env = pnpmEnv(pnpm, { home, registry: registry.url, env: KEY });
    return await runProcess(process.execPath, [CLI, '--downloads-url', 'none', 'pnpm', 'install'], {
      cwd: writeProject(PROJECT),
      env: { ...env, PATH: [pnpmFolder(pnpm), env['PATH']].join(path.delimiter) },
    });
  };

const throughHook =
  (pnpm: PnpmManager): WayIn =>
  async (home) => {
    const cwd = writeProject(PROJECT);
    wirePnpmfile(cwd);
    const env = { PHANTOM_GUARD_HOME: guardHome(), ...KEY };
    const words = ['install', '--no-frozen-lockfile'];
    return await runPnpm(pnpm, words, { cwd, home, registry: registry.url, env });
  };

const WAYS = [
  ['npm through the wrapper', throughNpm] as const,
  ...MANAGERS.flatMap((pnpm) => [
    [`pnpm ${pnpm.version} through the wrapper`, throughPnpm(pnpm)] as const,
    [`pnpm ${pnpm.version} with the hook`, throughHook(pnpm)] as const,
  ]),
];

describe.skipIf(!hasRedis)('facts are shared by a store', () => {
  beforeAll(async () => {
    redis = await startRedis();
    registry = await startTarballRegistry(matrixPackages('healthy'));
  });
  afterAll(async () => {
    await registry.close();
    await redis.kill();
  });
  beforeEach(async () => void (await redis.run('FLUSHALL')));

  it.each(WAYS)('between machines that install with %s', async (_, install) => {
    expect(await install(machine())).toMatchObject({ status: 0 });
    expect(await redis.entries()).toHaveLength(1);
    await redis.run('CONFIG', 'RESETSTAT');
    expect(await install(machine())).toMatchObject({ status: 0 });
    const stats = String(await redis.run('INFO', 'commandstats'));
    expect(stats).toContain('cmdstat_mget');
    // What is not found there is claimed first, and written then.
    expect(stats).not.toContain('cmdstat_set:');
  });

  it.each(WAYS)('and its death stops nobody who installs with %s', async (_, install) => {
    await redis.kill();
    try {
      const run = await install(machine());
      expect(run.status).toBe(0);
      expect(`${run.stdout}${run.stderr}`.match(/could not be used/g)).toHaveLength(1);
    } finally {
      await redis.start();
    }
  });
});

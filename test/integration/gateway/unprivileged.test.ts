import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FLEET } from '../../support/compose.js';
import { freePort } from '../../support/free-port.js';
import { hasRedis, type RedisServer, startRedis } from '../../support/redis-server.js';
import { runProcess } from '../../support/run-process.js';
import { startTarballRegistry, type TarballRegistry } from '../../support/tarball-registry.js';
import { NOBODY, openToOthers } from '../../support/unprivileged.js';
import { buildPlugin, verdaccios } from '../../support/verdaccio.js';
import { emptyFolder, HEALTHY, PACKAGES, SQUAT } from './support.js';

// What gateway/fleet has as plain processes: the command of its unit, its start, configuration and health, as a user who may write the storage alone.

const { programs, skipped } = verdaccios();
const program = programs.find(({ version }) => version.startsWith('6.'));
if (program === undefined) it.skip(skipped.join('; '));

const SECRETS = { store_key: 'zq'.repeat(16), store_password: 'zq-password', token_secret: 'qz'.repeat(16) };

type Place = {
  readonly folder: string;
  readonly conf: string;
  readonly plugins: string;
  readonly storage: string;
};

describe.skipIf(program === undefined)('a gateway without rights', () => {
  let upstream: TarballRegistry;
  let redis: RedisServer | null = null;
  let plugins: string;
  /** Copies of Verdaccio, Node and the start: where they are may be closed to others. */
  let copies: string;
  beforeAll(async () => {
    upstream = await startTarballRegistry(PACKAGES);
    if (hasRedis) redis = await startRedis({ requirepass: SECRETS.store_password });
    plugins = buildPlugin();
    const from = path.resolve(program?.bin ?? '', '../../..');
    copies = emptyFolder('programs');
    cpSync(from, path.join(copies, 'node_modules'), { recursive: true, verbatimSymlinks: true });
    copyFileSync(program?.node ?? '', path.join(copies, 'node'));
    copyFileSync(`${FLEET}/start.sh`, path.join(copies, 'start.sh'));
    openToOthers(plugins, copies);
  }, 120_000);
  afterAll(async () => {
    await redis?.kill();
    await upstream?.close();
  });

  /** The folders of a container. What is not the storage belongs to this process, and is read-only to everybody. */
  function place(): Place {
    const folder = emptyFolder('fleet');
    const at = (name: string): string => path.join(folder, name);
    cpSync(path.join(FLEET, 'conf'), at('conf'), { recursive: true });
    const config = readFileSync(at('conf/config.yaml'), 'utf8')
      .replace('/verdaccio/plugins', plugins)
      .replace('https://registry.npmjs.org/', upstream.url)
      .replace('downloads: npm', `downloads: ${upstream.downloadsUrl}`)
      // A busy machine may take longer, and then the answer is 503 and "try again".
      .replace('deadlineMs: 1000', 'deadlineMs: 20000');
    writeFileSync(at('conf/config.yaml'), config);
    const store = redis === null ? {} : { store: `redis://127.0.0.1:${redis.port}?deadline=10000` };
    writeFileSync(at('conf/phantom-guard.config.json'), JSON.stringify(store));
    for (const name of ['secrets', 'storage']) mkdirSync(at(name));
    for (const [name, secret] of Object.entries(SECRETS)) writeFileSync(at(`secrets/${name}`), secret);
    if (NOBODY !== null) chownSync(at('storage'), NOBODY.uid, NOBODY.gid);
    for (const name of readdirSync(at('conf'))) chmodSync(at(`conf/${name}`), 0o444);
    for (const name of ['conf', 'secrets']) chmodSync(at(name), 0o555);
    openToOthers(folder);
    return { folder, conf: at('conf'), plugins, storage: at('storage') };
  }

  async function start({ folder, conf, storage }: Place) {
    const port = await freePort();
    const env = {
      PATH: process.env['PATH'] ?? '',
      CREDENTIALS_DIRECTORY: path.join(folder, 'secrets'),
      VERDACCIO_STORAGE_PATH: storage,
      NO_PROXY: '127.0.0.1',
    };
    const [file = '', ...words] = unitCommand({
      '/opt/npm-gateway/node_modules/verdaccio-phantom-guard/fleet': copies,
      '/opt/npm-gateway/node_modules/.bin/verdaccio': `${copies}/node ${copies}/node_modules/verdaccio/bin/verdaccio`,
      '/etc/npm-gateway/conf': conf,
      '%i': String(port),
    });
    const child = spawn(file, words, { cwd: '/', env, stdio: ['ignore', 'pipe', 'pipe'], ...NOBODY });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += String(data)));
    const url = `http://127.0.0.1:${port}/`;
    await untilItAnswers(child, url, () => output);
    return {
      url,
      log: () => output.split('\n'),
      health: () =>
        runProcess(process.execPath, [`${FLEET}/health.cjs`, `${url}-/phantom-guard/health`], {
          cwd: '.',
          env: {},
        }),
      stop: async () => {
        const ended = new Promise((done) => child.once('close', done));
        child.kill('SIGTERM');
        await ended;
        for (const closed of [conf, path.join(folder, 'secrets')]) chmodSync(closed, 0o755);
      },
    };
  }

  it('judges, logs, and writes nowhere but to its storage', async () => {
    const there = place();
    const gateway = await start(there);
    try {
      expect((await fetch(`${gateway.url}${HEALTHY}`)).status).toBe(200);
      const refused = await fetch(`${gateway.url}${SQUAT}`);
      expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining(SQUAT)]);
      const health = await fetch(`${gateway.url}-/phantom-guard/health`);
      expect(await health.json()).toMatchObject({ status: 'ok', problems: [] });
      expect(await gateway.health()).toMatchObject({ status: 0 });
      await expect
        .poll(() => gateway.log().filter((line) => line.includes(`"name":"${SQUAT}"`)))
        .toHaveLength(1);
      expect(readdirSync(there.folder).toSorted()).toEqual(['conf', 'secrets', 'storage']);
      const tokens = readFileSync(path.join(there.storage, '.verdaccio-db.json'), 'utf8');
      expect(JSON.parse(tokens)).toEqual({ list: [], secret: SECRETS.token_secret });
    } finally {
      await gateway.stop();
    }
  });

  it.skipIf(!hasRedis)('shares by the store with the password and the key that are secrets', async () => {
    await redis?.run('FLUSHALL');
    const gateway = await start(place());
    try {
      expect((await fetch(`${gateway.url}${HEALTHY}`)).status).toBe(200);
      await expect.poll(async () => (await redis?.entries())?.length).toBeGreaterThan(0);
    } finally {
      await gateway.stop();
    }
  });

  it('serves nothing and is not healthy where it may not read its configuration', async () => {
    const there = place();
    chmodSync(path.join(there.conf, 'phantom-guard.config.json'), 0o000);
    const gateway = await start(there);
    try {
      expect((await fetch(`${gateway.url}${HEALTHY}`)).status).toBe(503);
      expect(await gateway.health()).toMatchObject({ status: 1 });
    } finally {
      await gateway.stop();
    }
  });
});

/** What the unit of systemd starts, with other places than its own. */
function unitCommand(places: Readonly<Record<string, string>>): readonly string[] {
  const unit = readFileSync(`${FLEET}/npm-gateway@.service`, 'utf8');
  const [command = ''] = /(?<=^ExecStart=).+/m.exec(unit) ?? [];
  const here = Object.entries(places).reduce((line, [from, to]) => line.replace(from, to), command);
  return here.split(' ');
}

async function untilItAnswers(child: ChildProcess, url: string, output: () => string): Promise<void> {
  const isThere = (): Promise<boolean> =>
    fetch(`${url}-/ping`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isThere())) {
    if (child.exitCode !== null) throw new Error(output());
    await sleep(100);
  }
}

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { docker, noEngine, readComposeFile } from '../../support/compose.js';
import { managers, runNpm } from '../../support/managers.js';
import { writeProject } from '../../support/projects.js';
import { type Fleet, startFleet, USER } from './fleet-world.js';
import { CHILD, emptyFolder, HEALTHY, SQUAT } from './support.js';

const file = readComposeFile();
const [base = ''] = /(?<=^FROM )\S+/m.exec(readFileSync('gateway/fleet/Dockerfile', 'utf8')) ?? [];
const fetched = Object.values(file.services).filter(({ build }) => build === undefined);
const npm = managers().managers.find(({ major }) => major === 11);
const reason =
  npm === undefined
    ? 'npm 11 is not installed: run "npm run toolchain"'
    : noEngine([base, ...fetched.map(({ image }) => image)]);
if (reason !== null) it.skip(reason);

const LOGIN = `Basic ${Buffer.from(`${USER.name}:${USER.password}`).toString('base64')}`;
/** Ends everything in a container but its init, as a crash would. */
const CRASH = ['node', '-e', 'process.kill(-1, "SIGKILL")'];

describe.skipIf(reason !== null)('the compose file', { timeout: 300_000 }, () => {
  let fleet: Fleet;
  beforeAll(async () => {
    fleet = await startFleet();
  }, 300_000);
  afterAll(async () => {
    await fleet?.close();
  }, 60_000);

  const statusOf = async (asked: string, init: RequestInit = {}): Promise<number> => {
    const response = await fetch(`${fleet.url}${asked}`, init);
    await response.arrayBuffer();
    return response.status;
  };

  /** A real npm with an empty cache. */
  async function install(name: string) {
    if (npm === undefined) throw new Error('no npm');
    const cwd = writeProject({ 'package.json': { name: 'zq-project', version: '1.0.0' } });
    const run = await runNpm(npm, ['install', name], { cwd, home: emptyFolder('home'), registry: fleet.url });
    return { run, has: (one: string) => existsSync(path.join(cwd, 'node_modules', one)) };
  }

  /** What the instances have logged of requests. */
  function decisions(): readonly Record<string, unknown>[] {
    return fleet
      .containers('gateway')
      .flatMap((id) => docker('logs', id).split('\n'))
      .filter((line) => line.startsWith('{"time":"'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  async function guards(): Promise<void> {
    const healthy = await install(HEALTHY);
    expect(healthy.run, healthy.run.stderr).toMatchObject({ status: 0 });
    expect([healthy.has(HEALTHY), healthy.has(CHILD)]).toEqual([true, true]);
    fleet.upstream.reset();
    const squat = await install(SQUAT);
    expect(squat.run.stderr).toContain(`phantom-guard: ${SQUAT} is high-risk`);
    expect([squat.run.status === 0, squat.has(SQUAT)]).toEqual([false, false]);
    expect(fleet.upstream.requestedTarballs()).toEqual([]);
  }

  it('gives a registry from which npm installs what is healthy, and no squat', async () => {
    await guards();
  });

  it('runs everything as nobody in particular, on a root that is read-only', () => {
    for (const id of Object.keys(file.services).flatMap(fleet.containers)) {
      const said = docker('exec', id, 'sh', '-c', 'id -u; (: > /zq) 2>&1; cat /proc/1/status');
      expect(said).toMatch(/^10001\n/);
      expect(said).toMatch(/Read-only file system/);
      expect(said).toMatch(/^CapBnd:\s*0+$/m);
      expect(said).toMatch(/^NoNewPrivs:\s*1$/m);
    }
  });

  it('tells no secret to who looks at its containers and their processes', () => {
    const secrets = Object.values(file.secrets).map((one) =>
      readFileSync(path.join(fleet.folder, one.file), 'utf8'),
    );
    expect(new Set(secrets.map(({ length }) => length))).toEqual(new Set([32]));
    for (const id of Object.keys(file.services).flatMap(fleet.containers)) {
      const seen = `${docker('inspect', id)}\n${docker('top', id, '-eo', 'pid,args')}\n${docker('logs', id)}`;
      expect(secrets.filter((secret) => seen.includes(secret))).toEqual([]);
    }
  });

  it('takes the token of one instance at the other, publishes nothing and registers nobody', async () => {
    const [one = '', other = ''] = fleet.containers('gateway');
    const ask = (id: string, script: string): string =>
      docker('exec', id, 'node', '-e', `const at = 'http://127.0.0.1:4873/-/'; ${script}`);
    const login = {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(USER),
    };
    const token = ask(
      one,
      `fetch(at + 'user/org.couchdb.user:${USER.name}', { ...${JSON.stringify(login)}, headers: { 'content-type': 'application/json', authorization: '${LOGIN}' } }).then((r) => r.json()).then(({ token }) => console.log(token))`,
    );
    const whoami = ask(
      other,
      `fetch(at + 'whoami', { headers: { authorization: 'Bearer ${token}' } }).then((r) => r.text()).then(console.log)`,
    );
    expect(JSON.parse(whoami)).toEqual({ username: USER.name });
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    expect(await statusOf('zq-mine', { method: 'PUT', headers, body: '{}' })).toBe(403);
    const stranger = JSON.stringify({ name: 'zq-stranger', password: 'zq-stranger-password' });
    const registered = await statusOf('-/user/org.couchdb.user:zq-stranger', { ...login, body: stranger });
    expect(registered).toBeGreaterThanOrEqual(400);
  });

  it('shows the page to who has logged in, and logs who asked for what, whatever a client says of its address', async () => {
    expect(await statusOf('-/phantom-guard/')).toBe(401);
    const headers = { authorization: LOGIN, 'x-forwarded-for': '192.0.2.66' };
    expect(await statusOf(SQUAT, { headers })).toBe(403);
    const page = await fetch(`${fleet.url}-/phantom-guard/`, { headers: { authorization: LOGIN } });
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining(SQUAT)]);
    const last = decisions().findLast(({ user }) => user === USER.name);
    expect(last).toMatchObject({ name: SQUAT, action: 'block', served: false });
    const addresses = docker(
      'inspect',
      '--format',
      '{{json .NetworkSettings.Networks}}',
      ...fleet.containers('balancer'),
    );
    expect(addresses).toContain(`"Gateway":"${String(last?.['ip'])}"`);
  });

  it('counts downloads once for all: the store has what an instance learned', () => {
    const [id = ''] = fleet.containers('store');
    const command = 'REDISCLI_AUTH=$(cat /run/secrets/store_password) valkey-cli dbsize';
    expect(Number(docker('exec', id, 'sh', '-c', command))).toBeGreaterThan(0);
    expect(docker('exec', id, 'valkey-cli', 'dbsize')).toContain('NOAUTH');
  });

  it('goes on while an instance crashes, and has it back', async () => {
    const instances = async (): Promise<string> => await (await fetch(`${fleet.url}-/instances`)).text();
    for (const id of fleet.containers('gateway')) {
      await expect.poll(instances, { timeout: 60_000 }).toBe('2');
      const restarts = (): number => Number(docker('inspect', '--format', '{{.RestartCount}}', id));
      const before = restarts();
      docker('exec', '-d', id, ...CRASH);
      for (let asked = 0; asked < 50; asked += 1)
        expect([await statusOf(HEALTHY), await statusOf(SQUAT)]).toEqual([200, 403]);
      while (restarts() === before) await sleep(100);
      await fleet.healthy('gateway');
    }
    await guards();
  });

  it('goes on without its store, and uses it again', async () => {
    fleet.compose('kill', 'store');
    await guards();
    expect(await statusOf('-/phantom-guard/health')).toBe(200);
    fleet.compose('start', 'store');
    await fleet.healthy('store');
    await guards();
  });

  it('reads a configuration again that was put in the place of the old one', async () => {
    const refused = decisions().findLast(({ name }) => name === SQUAT);
    const exception = { name: SQUAT, version: '>=0.9.0', signals: refused?.['signals'], reason: 'ours' };
    const config = { store: 'redis://store:6379', exceptions: [exception] };
    fleet.configure('phantom-guard.config.json', JSON.stringify(config));
    await expect.poll(() => statusOf(SQUAT), { timeout: 20_000 }).toBe(200);
  });
});

import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, renameSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { satisfies } from 'semver';
import { describe, expect, it } from 'vitest';
import { packument, startFakeRegistry } from '../support/fake-registry.js';
import { freePort } from '../support/free-port.js';
import pins from '../support/toolchain.json' with { type: 'json' };
import { type Account, NOBODY, openToOthers, readableByOthers } from '../support/unprivileged.js';

const pin = pins.verdaccio.findLast(({ node }) => satisfies(process.versions.node, node));
const isHere =
  pin !== undefined && existsSync(`node_modules/.cache/phantom-guard-toolchain/verdaccio-${pin.version}`);
const SQUAT = 'zq-fresh-squat';

const VERDACCIO = path.resolve(
  `node_modules/.cache/phantom-guard-toolchain/verdaccio-${pin?.version}/node_modules/verdaccio`,
);

/** The package as it is published, beside a Verdaccio, as npx puts them. */
function asNpxHasIt(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'phantom-guard-npx-'));
  const modules = path.join(folder, 'node_modules');
  mkdirSync(modules);
  execFileSync(process.execPath, ['scripts/build-gateway.mjs']);
  const packed = execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], {
    cwd: 'gateway',
    encoding: 'utf8',
  });
  execFileSync('tar', ['-xzf', path.join(folder, packed.trim()), '-C', modules]);
  renameSync(path.join(modules, 'package'), path.join(modules, 'verdaccio-phantom-guard'));
  symlinkSync(VERDACCIO, path.join(modules, 'verdaccio'));
  return path.join(modules, 'verdaccio-phantom-guard/start.mjs');
}

const CASES: readonly (readonly [string, () => string, Account | null])[] = [
  ['npm run gateway', () => 'scripts/gateway.mjs', null],
  ['npx -p verdaccio -p verdaccio-phantom-guard verdaccio-phantom-guard', asNpxHasIt, null],
  // Where this process can become that and what is here is open to it.
  ...(NOBODY !== null && isHere && readableByOthers('scripts/gateway.mjs', VERDACCIO)
    ? [['npm run gateway, as nobody,', () => 'scripts/gateway.mjs', NOBODY] as const]
    : []),
];

describe.skipIf(!isHere)('a gateway in one command', () => {
  it.each(CASES)(
    '%s gives a registry that refuses a fresh squat, with a page behind a login',
    {
      timeout: 180_000,
    },
    async (_, program, account) => {
      const threeDaysAgo = new Date(Date.now() - 3 * 86_400_000).toISOString();
      const upstream = await startFakeRegistry({
        packages: {
          [SQUAT]: packument({
            name: SQUAT,
            created: threeDaysAgo,
            versions: { '1.0.0': threeDaysAgo },
            repository: null,
            description: null,
          }),
          'zq-healthy': packument({ name: 'zq-healthy' }),
        },
        allowUnused: true,
      });
      const folder = path.join(mkdtempSync(path.join(tmpdir(), 'phantom-guard-gateway-')), 'new');
      const gateway = await startGateway(program(), folder, upstream.url, account);
      try {
        const { url, output } = gateway;
        expect(output).toContain(`registry  ${url}`);
        const refused = await fetchJudged(`${url}${SQUAT}`);
        expect(refused.status).toBe(403);
        expect(JSON.stringify(await refused.json())).toContain(SQUAT);
        expect((await fetch(`${url}zq-healthy`)).status).toBe(200);
        const page = `${url}-/phantom-guard/`;
        expect((await fetch(page)).status).toBe(401);
        const [, login = ''] = /admin (\S+)/.exec(output) ?? [];
        const shown = await fetch(page, { headers: { authorization: basic('admin', login) } });
        expect(shown.status).toBe(200);
        expect(await shown.text()).toContain(SQUAT);
        const other = await register(url, 'zq-stranger');
        expect(other.status).toBe(403);
        const strange = await fetch(page, { headers: { authorization: basic('zq-stranger', PASSWORD) } });
        expect(strange.status).toBe(401);
      } finally {
        await gateway.stop();
      }
      const again = await startGateway(program(), folder, upstream.url, account);
      try {
        expect(again.output).toContain('login     as in htpasswd');
        expect((await fetchJudged(`${again.url}${SQUAT}`)).status).toBe(403);
      } finally {
        await again.stop();
        await upstream.close();
      }
    },
  );
});

const PASSWORD = 'zq-password-of-a-stranger';

function basic(name: string, password: string): string {
  return `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
}

async function register(url: string, name: string): Promise<Response> {
  return await fetch(`${url}-/user/org.couchdb.user:${name}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, password: PASSWORD }),
  });
}

/** Asks again where it was not judged in time, as clients do. */
async function fetchJudged(url: string): Promise<Response> {
  for (let left = 20; ; left -= 1) {
    const response = await fetch(url);
    if (response.status !== 503 || left === 0) return response;
    await sleep(250);
  }
}

/** Resolves when it says where everything is. */
async function startGateway(program: string, folder: string, uplink: string, account: Account | null) {
  const port = await freePort();
  const args = [program, '--folder', folder, '--port', String(port), '--uplink', uplink];
  const home = mkdtempSync(path.join(tmpdir(), 'phantom-guard-home-'));
  if (account !== null) {
    openToOthers();
    for (const own of [path.dirname(folder), home]) chownSync(own, account.uid, account.gid);
  }
  const env = { ...process.env, HOME: home, TMPDIR: account === null ? tmpdir() : home };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'], ...account });
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  let output = '';
  await new Promise<void>((done, fail) => {
    child.stdout.on('data', (data) => {
      output += String(data);
      if (output.includes('files ')) done();
    });
    child.once('close', () => fail(new Error(`it ended:\n${output}`)));
  });
  return {
    url: `http://127.0.0.1:${port}/`,
    output,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

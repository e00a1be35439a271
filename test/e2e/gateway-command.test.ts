import { spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
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
const PROGRAM = `node_modules/.cache/phantom-guard-toolchain/verdaccio-${pin?.version ?? ''}/node_modules`;
/** Nobody too, where this process can become that and what is here is open to it. */
const accounts: readonly (readonly [string, Account | null])[] = [
  ['this user', null],
  ...(NOBODY !== null && isHere && readableByOthers('scripts/gateway.mjs', PROGRAM)
    ? [['nobody', NOBODY] as const]
    : []),
];

describe.skipIf(!isHere)('npm run gateway', () => {
  it.each(accounts)(
    'gives %s a registry that refuses a fresh squat, with a page behind a login',
    {
      timeout: 180_000,
    },
    async (_, account) => {
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
      const port = await freePort();
      const folder = mkdtempSync(path.join(tmpdir(), 'phantom-guard-gateway-'));
      const args = [
        'scripts/gateway.mjs',
        '--folder',
        folder,
        '--port',
        String(port),
        '--uplink',
        upstream.url,
      ];
      const home = mkdtempSync(path.join(tmpdir(), 'phantom-guard-home-'));
      if (account !== null) {
        openToOthers();
        for (const own of [folder, home]) chownSync(own, account.uid, account.gid);
      }
      const env = { ...process.env, HOME: home };
      const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'], ...account });
      const ended = new Promise((done) => child.once('close', done));
      try {
        let output = '';
        await new Promise<void>((done, fail) => {
          child.stdout.on('data', (data) => {
            output += String(data);
            if (output.includes('files ')) done();
          });
          child.once('close', () => fail(new Error(`it ended:\n${output}`)));
        });
        const url = `http://127.0.0.1:${port}/`;
        expect(output).toContain(`registry  ${url}`);
        const refused = await fetch(`${url}${SQUAT}`);
        expect(refused.status).toBe(403);
        expect(JSON.stringify(await refused.json())).toContain(SQUAT);
        expect((await fetch(`${url}zq-healthy`)).status).toBe(200);
        const page = `${url}-/phantom-guard/`;
        expect((await fetch(page)).status).toBe(401);
        const [, login = ''] = /admin (\S+)/.exec(output) ?? [];
        const authorization = `Basic ${Buffer.from(`admin:${login}`).toString('base64')}`;
        const shown = await fetch(page, { headers: { authorization } });
        expect(shown.status).toBe(200);
        expect(await shown.text()).toContain(SQUAT);
      } finally {
        child.kill('SIGTERM');
        await ended;
        await upstream.close();
      }
    },
  );
});

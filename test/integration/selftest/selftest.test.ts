import { cpSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/main.js';
import type { WayResult } from '../../../src/selftest/judge-way.js';
import { fakeIo } from '../../support/fake-io.js';
import { managers } from '../../support/managers.js';
import { temporaryFolder, wiredUser } from '../../support/wired-user.js';

const LONG = 180_000;

/** A self-test inside this process, of a user with that environment. */
async function selftest(env: Record<string, string>, cwd = temporaryFolder(), signal?: AbortSignal) {
  const fake = fakeIo({ cwd, env, ...(signal === undefined ? {} : { signal }) });
  const { status } = await main(['selftest', '--format', 'json'], fake.io);
  const document = JSON.parse(fake.stdout()) as {
    status: string;
    ways: readonly WayResult[];
    error?: { code: string };
  };
  const levels = Object.fromEntries(
    (document.ways ?? []).map(({ way, level, by }) => [way, `${level} ${by}`]),
  );
  return { status, document, levels };
}

function hookedProject(): string {
  const project = temporaryFolder('hooked');
  mkdirSync(path.join(project, '.phantom-guard'));
  cpSync('hooks/preinstall.cjs', path.join(project, '.phantom-guard/preinstall.cjs'));
  const manifest = {
    name: 'hooked',
    scripts: { preinstall: 'node .phantom-guard/preinstall.cjs && node own.js' },
  };
  writeFileSync(path.join(project, 'package.json'), JSON.stringify(manifest));
  writeFileSync(
    path.join(project, 'phantom-guard.lock.json'),
    JSON.stringify({ version: '0.1.0', integrity: `sha512-${'A'.repeat(86)}==` }),
  );
  return project;
}

// Its own, since what other files leave there is counted too.
process.env['TMPDIR'] = mkdtempSync(path.join(tmpdir(), 'phantom-guard-own-'));
const leftovers = () => readdirSync(tmpdir()).filter((name) => name.startsWith('phantom-guard-selftest-'));

describe.each(managers().managers.map((manager) => ({ manager, major: manager.major })))(
  'selftest with npm $major',
  ({ manager, major }) => {
    it(
      'shows what the wrapper, the script gate of this user and the hooks of this project stop',
      async () => {
        const before = leftovers();
        const { status, document, levels } = await selftest(
          wiredUser(manager, { gate: true }).env,
          hookedProject(),
        );
        const gated = major >= 12 ? 'landed null' : 'T2 script gate';
        expect(levels).toEqual({
          'phantom-guard-install npm install X': 'T0 wrapper',
          'phantom-guard-install npx X': 'T0 wrapper',
          'npm install X': gated,
          'npm install': gated,
          'npm ci': gated,
          'npx X': major >= 12 ? 'landed null' : 'ran null',
          'npm install -g X': gated,
          'npm install X, hooks of this project': gated,
          'npm install, hooks of this project': major >= 12 ? 'T0 preinstall' : gated,
          'npm ci, hooks of this project': major >= 12 ? 'T0 preinstall' : gated,
        });
        expect(document.ways.every(({ control }) => control === 'ran' || control === 'landed')).toBe(true);
        expect({ status, said: document.status }).toEqual({ status: 0, said: 'stopped' });
        expect(leftovers()).toEqual(before);
      },
      LONG,
    );
  },
);

const [oldest] = managers().managers;
describe.skipIf(oldest === undefined)('selftest', () => {
  it(
    'shows the shims of this user stopping everything',
    async () => {
      if (oldest === undefined) return;
      const { status, levels } = await selftest(wiredUser(oldest, { shims: true }).env);
      expect(status).toBe(0);
      expect(Object.values(levels).slice(2)).toEqual(Array(5).fill('T0 shim'));
    },
    LONG,
  );

  it(
    'fails where a shim that somebody set up is not found, and where a hook comes too late',
    async () => {
      if (oldest === undefined) return;
      const { env, places } = wiredUser(oldest, { shims: true });
      const found = env.PATH.replace(`${places.shims}:`, '');
      const { status, document, levels } = await selftest({ ...env, PATH: found }, hookedProject());
      expect(levels['npm ci, hooks of this project']).toBe('ran null');
      expect(status).toBe(1);
      expect(document.ways.find(({ way }) => way === 'npm ci')).toMatchObject({ wired: ['shim'], ok: false });
    },
    LONG,
  );

  it(
    'can not decide without an npm, and leaves nothing when it is interrupted',
    async () => {
      const none = await selftest({ PATH: temporaryFolder() });
      expect(none).toMatchObject({ status: 2, document: { error: { code: 'NO_MANAGER' } } });
      if (oldest === undefined) return;
      const before = leftovers();
      const stopped = await selftest(wiredUser(oldest).env, temporaryFolder(), AbortSignal.timeout(1500));
      expect(stopped).toMatchObject({ status: 2, document: { error: { code: 'INTERRUPTED' } } });
      expect(leftovers()).toEqual(before);
    },
    LONG,
  );
});

import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/main.js';
import { openGateState } from '../../../src/gate/gate-state.js';
import { startOf } from '../../../src/gate/npm-process.js';
import { fakeIo } from '../../support/fake-io.js';
import { writeProject } from '../../support/projects.js';
import { startTarballRegistry, type TarballRegistry } from '../../support/tarball-registry.js';
import { healthy } from '../wrap/support.js';

const BAD = 'zq-run-gate-bad';
const GOOD = 'zq-run-gate-good';
const SELF = { pid: process.pid, started: startOf(process.pid) ?? '', boot: 'boot' };
let registry: TarballRegistry;
beforeAll(async () => {
  const bad = { name: BAD, ageDays: 1, versions: { '1.0.0': {} }, repository: null };
  registry = await startTarballRegistry([healthy(GOOD), bad]);
});
afterAll(() => registry.close());

/** A project in which npm has just unpacked that package. */
function unpacked(name: string, version: string): string {
  const manifest = { name, version, scripts: { install: 'node install.js' } };
  const { resolved, integrity } = registry.lockEntry(name, version);
  const entry = { version, resolved, integrity, hasInstallScript: true };
  const root = { name: 'project', version: '1.0.0', dependencies: { [name]: version } };
  const packages = { '': root, [`node_modules/${name}`]: entry };
  return writeProject({
    'package.json': root,
    'package-lock.json': { ...root, lockfileVersion: 3, requires: true, packages },
    [`node_modules/${name}/package.json`]: manifest,
  });
}

type Asked = {
  readonly kind?: 'dependency' | 'project';
  readonly directory?: string;
  readonly npm?: typeof SELF;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
};

const state = () => path.join(mkdtempSync(path.join(tmpdir(), 'phantom-guard-state-')), 'gate');

/** What hooks/script-shell would ask, and hear. */
async function gate(
  root: string,
  { kind = 'dependency', directory = state(), npm = SELF, ...rest }: Asked = {},
) {
  const env = {
    npm_config_registry: registry.url,
    PHANTOM_GUARD_OPTIONS: '--downloads-url none --no-data --no-cache',
    ...rest.env,
  };
  const fake = fakeIo({ cwd: root, env, ...(rest.signal === undefined ? {} : { signal: rest.signal }) });
  const words = [kind, root, String(npm.pid), npm.started, npm.boot, directory];
  const { status } = await main(['internal-gate', ...words], fake.io);
  return { status, stdout: fake.stdout(), stderr: fake.stderr() };
}

describe('the gate before the first script of an install', () => {
  it('lets the scripts run where all is beyond doubt, and asks nobody a second time', async () => {
    const [root, directory] = [unpacked(GOOD, '1.11.0'), state()];
    expect(await gate(root, { directory })).toEqual({ status: 0, stdout: '', stderr: '' });
    registry.reset();
    expect(await gate(root, { directory, kind: 'project' })).toMatchObject({ status: 0, stderr: '' });
    expect(registry.requests).toEqual([]);
  });

  it('refuses them all, and tells every later script why', async () => {
    const [root, directory] = [unpacked(BAD, '1.0.0'), state()];
    const first = await gate(root, { directory });
    expect([first.status, first.stdout]).toEqual([1, '']);
    expect(first.stderr).toContain(`BLOCKED  ${BAD}@1.0.0`);
    registry.reset();
    const second = await gate(root, { directory });
    expect([second.status, registry.requests]).toEqual([1, []]);
    expect(second.stderr).toContain(`BLOCKED  ${BAD}@1.0.0`);
    expect(second.stderr).toContain('this install was refused; no script of it runs');
  });

  it('does not take a verdict for a script of the project for one on dependencies', async () => {
    const [root, directory] = [unpacked(GOOD, '1.11.0'), state()];
    expect((await gate(root, { directory, kind: 'project' })).status).toBe(0);
    registry.reset();
    expect((await gate(root, { directory })).status).toBe(0);
    expect(registry.requests).not.toEqual([]);
  });

  it('judges each time where nothing may be remembered', async () => {
    const root = unpacked(BAD, '1.0.0');
    for (const _ of [1, 2]) {
      const { status, stderr } = await gate(root, { npm: { ...SELF, started: '-' } });
      expect([status, stderr]).toEqual([1, expect.not.stringContaining('this install was refused')]);
    }
  });

  it('runs nothing where nobody has decided in time', async () => {
    const [root, directory] = [unpacked(GOOD, '1.11.0'), state()];
    const { status, stderr } = await gate(root, { directory, signal: AbortSignal.abort() });
    expect([status, stderr]).toEqual([2, expect.stringContaining('no verdict in time')]);
  });

  it('remembers as refused what it could not judge', async () => {
    const [root, directory] = [unpacked(GOOD, '1.11.0'), state()];
    const away = { npm_config_registry: 'http://127.0.0.1:9/' };
    expect((await gate(root, { directory, env: away })).status).toBe(2);
    expect((await gate(root, { directory })).status).toBe(1);
    expect(openGateState(directory, SELF)?.recall(root, 'dependency')).toBe('refused');
  });

  it('refuses a git repository that the project does not ask for, before its scripts prepare it', async () => {
    const root = unpacked(GOOD, '1.11.0');
    const env = { _PACOTE_NO_PREPARE_: 'git+ssh://git@git.example/stranger.git' };
    const { status, stderr } = await gate(root, { env });
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining(
        'BLOCKED  git+ssh://git@git.example/stranger.git\n    comes from a git repository',
      ),
    ]);
  });

  it('ends npm itself behind a script whose failure npm would forgive', async () => {
    const npm = spawn('/bin/sleep', ['300'], { stdio: 'ignore' });
    const ended = new Promise((resolve) => {
      npm.on('exit', (_, signal) => resolve(signal));
    });
    const pid = npm.pid ?? 0;
    const asked = {
      npm: { pid, started: startOf(pid) ?? '', boot: 'boot' },
      env: { npm_package_optional: '1' },
    };
    expect((await gate(unpacked(GOOD, '1.11.0'), asked)).status).toBe(0);
    expect(startOf(pid)).toBe(asked.npm.started);
    expect((await gate(unpacked(BAD, '1.0.0'), asked)).status).toBe(1);
    expect(await ended).toBe('SIGTERM');
  });

  it.each([
    [[]],
    [['dependency', 'relative', '1', '-', '-', '/gate']],
    [['dependency', '/root', 'one', '-', '-', '/gate']],
    [['dependency', '/root', '1', '-', '-', 'gate']],
  ])('is no command for people: internal-gate %o', async (words) => {
    const fake = fakeIo();
    expect((await main(['internal-gate', ...words], fake.io)).status).toBe(2);
    expect([fake.stdout(), fake.stderr()]).toEqual(['', expect.stringContaining('(USAGE)')]);
  });
});

import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { runningPackage } from '../../../src/wiring/package-root.js';
import { BYSTANDERS, CURRENT, matrixPackages } from '../../matrix/packages.js';
import { guardHome } from '../../support/pnpm-guard.js';
import { pnpmManagers, runPnpm } from '../../support/pnpm-managers.js';
import { writeFiles, writeProject } from '../../support/projects.js';
import { startTarballRegistry, type TarballRegistry } from '../../support/tarball-registry.js';
import { runInit, snapshot } from '../../support/wiring.js';

const { managers, skipped } = pnpmManagers();
const [ONE] = BYSTANDERS;
const RELOCK = ['install', '--no-frozen-lockfile'];
const SETTINGS = { 'pnpm-workspace.yaml': 'packages: []\nstrictDepBuilds: false\n' };
const TESTED = ['10.34.9', '12.21.0'];
const open: TarballRegistry[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((registry) => registry.close()));
});

it.each(skipped)('skipped: %s', () => undefined);

describe.each(
  managers
    .filter(({ version }) => TESTED.includes(version))
    .map((manager) => ({ manager, version: manager.version })),
)('a project of pnpm $version', ({ manager }) => {
  /** A project that asks for a healthy package and has hooks that write down that they ran. */
  async function project() {
    const guard = runningPackage().version;
    const registry = await startTarballRegistry([
      ...matrixPackages('bad'),
      { name: 'phantom-guard-install', ageDays: 100, versions: { [guard]: {} } },
    ]);
    open.push(registry);
    const manifest = { name: 'zq-project', version: '1.0.0' };
    const healthy = { ...manifest, dependencies: { [ONE]: CURRENT } };
    const hooks = `require('fs').writeFileSync('hooks-ran', ''); module.exports = { hooks: {} };\n`;
    const cwd = writeProject({ 'package.json': healthy, '.pnpmfile.cjs': hooks, ...SETTINGS });
    const home = writeProject({});
    const env = { PHANTOM_GUARD_HOME: guardHome() };
    const pnpm = (words: readonly string[]) =>
      runPnpm(manager, words, { cwd, home, registry: registry.url, env });
    const init = (...words: string[]) =>
      runInit(words, { cwd, home, env: { npm_config_registry: registry.url } });
    const ask = (name: string, range: string) =>
      writeFiles(cwd, { 'package.json': { ...manifest, dependencies: { [ONE]: CURRENT, [name]: range } } });
    const has = (name: string) => existsSync(path.join(cwd, name));
    const forget = () => {
      for (const name of ['node_modules', 'hooks-ran']) rmSync(path.join(cwd, name), { recursive: true });
    };
    return { cwd, pnpm, init, ask, has, forget };
  }

  it('installs what is beyond doubt once it is wired, and runs the hooks that were there', async () => {
    const { pnpm, init, has, forget } = await project();
    expect((await pnpm(RELOCK)).status).toBe(0);
    forget();
    expect(await init('--yes')).toMatchObject({ status: 0 });
    expect(has('phantom-guard.lock.json')).toBe(true);
    const frozen = await pnpm(['install', '--frozen-lockfile']);
    expect(frozen.status).toBe(1);
    expect(`${frozen.stdout}${frozen.stderr}`).toContain('ERR_PNPM_LOCKFILE_CONFIG_MISMATCH');
    expect((await pnpm(RELOCK)).status).toBe(0);
    expect(has(`node_modules/${ONE}/package.json`) && has('hooks-ran')).toBe(true);
    forget();
    expect((await pnpm(['install', '--frozen-lockfile'])).status).toBe(0);
    expect(has(`node_modules/${ONE}/package.json`)).toBe(true);
  });

  it('ends an install of a fresh squat before it is unpacked, and no longer after --undo', async () => {
    const { cwd, pnpm, init, ask, has } = await project();
    const before = snapshot(cwd);
    await init('--yes');
    ask('zq-matrix-bad', '1.0.0');
    const blocked = await pnpm(RELOCK);
    expect(blocked.status).not.toBe(0);
    expect(`${blocked.stdout}${blocked.stderr}`.replaceAll(/[\s│]+/g, ' ')).toContain(
      'BLOCKED zq-matrix-bad ',
    );
    expect(has('node_modules/.pnpm')).toBe(false);
    rmSync(path.join(cwd, 'hooks-ran'), { force: true });
    await init('--undo', '--yes');
    expect(readFileSync(path.join(cwd, '.pnpmfile.cjs'), 'latin1')).toBe(before['.pnpmfile.cjs']);
    await pnpm([...RELOCK, '--ignore-scripts']);
    expect(has('node_modules/zq-matrix-bad/package.json') && has('hooks-ran')).toBe(true);
  });
});

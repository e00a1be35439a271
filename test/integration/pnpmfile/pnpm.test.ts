import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { BYSTANDERS, CURRENT, matrixPackages, type Variant } from '../../matrix/packages.js';
import { listen } from '../../support/fake-listen.js';
import { guardHome, wirePnpmfile } from '../../support/pnpm-guard.js';
import { type PnpmManager, pnpmManagers, runPnpm } from '../../support/pnpm-managers.js';
import { writeFiles, writeProject } from '../../support/projects.js';
import type { ProcessRun } from '../../support/run-process.js';
import { startTarballRegistry, type TarballRegistry } from '../../support/tarball-registry.js';

const { managers, skipped } = pnpmManagers();
const MARK_VARIABLE = 'PHANTOM_MARK';
const [ONE] = BYSTANDERS;
const open: TarballRegistry[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((registry) => registry.close()));
});

type Lists = Readonly<Record<string, unknown>>;
type Project = {
  readonly dir: string;
  readonly home: string;
  readonly registry: TarballRegistry;
  readonly pnpm: (words: readonly string[], env?: Readonly<Record<string, string>>) => Promise<ProcessRun>;
};

/** A wired project of this manager with a registry and a home of its own. */
async function wired(manager: PnpmManager, lists: Lists, variant: Variant = 'bad'): Promise<Project> {
  const registry = await startTarballRegistry(matrixPackages(variant));
  open.push(registry);
  const dir = writeProject({ 'package.json': { name: 'zq-project', version: '1.0.0', ...lists } });
  const home = writeProject({});
  wirePnpmfile(dir);
  const own = { PHANTOM_GUARD_HOME: guardHome(), [MARK_VARIABLE]: path.join(home, 'mark') };
  const pnpm: Project['pnpm'] = (words, env = {}) =>
    runPnpm(manager, words, { cwd: dir, home, registry: registry.url, env: { ...own, ...env } });
  return { dir, home, registry, pnpm };
}

function said({ stdout, stderr }: ProcessRun): string {
  // pnpm 12 breaks lines.
  return `${stdout}${stderr}`.replaceAll(/[\s│]+/g, ' ');
}

it('the stub is what lockfiles hold the checksum of', () => {
  const hash = createHash('sha256').update(readFileSync('hooks/pnpmfile-stub.cjs')).digest('hex');
  expect(hash).toBe('037fe3989d123e837224d848ae1f9dd1d211dcea2990518d2f028aaf92e0fc0b');
});

it.each(skipped)('skipped: %s', () => undefined);

describe.each(managers.map((manager) => ({ manager, version: manager.version })))(
  'the pnpmfile on pnpm $version',
  ({ manager }) => {
    it('ends an install before anything of a bad package is in node_modules', async () => {
      const { dir, pnpm } = await wired(manager, { dependencies: { 'zq-matrix-carrier': CURRENT } });
      const run = await pnpm(['install', '--no-frozen-lockfile']);
      expect(said(run)).toContain('BLOCKED zq-matrix-bad@1.0.0');
      expect(said(run)).toContain('asked for by root > zq-matrix-carrier@1.24.0 > zq-matrix-bad@1.0.0');
      expect(run.status).not.toBe(0);
      expect(existsSync(path.join(dir, 'node_modules/.pnpm'))).toBe(false);
    });

    it('installs what is beyond doubt, and again from the frozen lockfile', async () => {
      const { dir, pnpm } = await wired(manager, { dependencies: { [ONE]: CURRENT } }, 'healthy');
      expect((await pnpm(['install', '--no-frozen-lockfile'])).status).toBe(0);
      rmSync(path.join(dir, 'node_modules'), { recursive: true });
      const again = await pnpm(['install', '--frozen-lockfile']);
      expect([again.status, said(again)]).toEqual([0, expect.not.stringContaining('phantom-guard-install')]);
      expect(existsSync(path.join(dir, 'node_modules', ONE, 'package.json'))).toBe(true);
    });

    it('ends an install that leaves an optional dependency of a dependency out in silence', async () => {
      const { pnpm, registry } = await wired(manager, { dependencies: { 'zq-matrix-hopeful': CURRENT } });
      const manifest = { optionalDependencies: { 'zq-nobody-owns-it': '*' } };
      const older = Array.from({ length: 24 }, (_, minor) => [`1.${minor}.0`, {}]);
      const versions = { ...Object.fromEntries(older), [CURRENT]: { manifest } };
      registry.publish({ name: 'zq-matrix-hopeful', versions, ageDays: 6 * 365 });
      const run = await pnpm(['install', '--no-frozen-lockfile']);
      expect(said(run)).toContain('BLOCKED zq-nobody-owns-it');
      expect(run.status).not.toBe(0);
    });

    it('runs the hooks that the user has, and judges what they add', async () => {
      const { dir, pnpm } = await wired(manager, { dependencies: { [ONE]: CURRENT } });
      const add = `module.exports = { hooks: { readPackage(manifest) {
        if (manifest.name === '${ONE}') manifest.dependencies = { 'zq-matrix-bad': '1.0.0' };
        return manifest;
      } } };\n`;
      writeFiles(dir, { '.pnpmfile.user.cjs': add });
      const run = await pnpm(['install', '--no-frozen-lockfile']);
      expect(said(run)).toContain(`asked for by root > ${ONE}@${CURRENT} > zq-matrix-bad@1.0.0`);
      expect(run.status).not.toBe(0);
    });

    it('ends the install where there is no guard, and says how to get one', async () => {
      const { pnpm, registry } = await wired(manager, { dependencies: { [ONE]: CURRENT } });
      const run = await pnpm(['install'], { PHANTOM_GUARD_HOME: '/nowhere/phantom-guard' });
      expect(said(run)).toContain('the guard of this project is not installed');
      expect(said(run)).toContain('npm install --ignore-scripts --prefix');
      expect(run.status).not.toBe(0);
      expect(registry.requestedTarballs()).toEqual([]);
    });

    it('ends the install where the files of the wiring are gone', async () => {
      const { dir, pnpm } = await wired(manager, { dependencies: { [ONE]: CURRENT } });
      rmSync(path.join(dir, '.phantom-guard'), { recursive: true });
      const run = await pnpm(['install']);
      expect(said(run)).toContain('is missing, so nothing could be judged');
      expect(run.status).not.toBe(0);
    });

    it('ends the install where the registry gives no answer in time', async () => {
      const { pnpm } = await wired(manager, { dependencies: { [ONE]: CURRENT } });
      const silent = createServer(() => undefined);
      const url = `http://127.0.0.1:${await listen(silent)}/`;
      const env = { PHANTOM_GUARD_OPTIONS: `--timeout-ms 500 --no-cache --registry ${url}` };
      const run = await pnpm(['install'], env);
      silent.closeAllConnections();
      silent.close();
      expect(said(run)).toContain('nobody could decide on this install');
      expect(said(run)).toContain('REGISTRY_UNAVAILABLE');
      expect(run.status).not.toBe(0);
    });
  },
);

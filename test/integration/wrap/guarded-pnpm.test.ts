import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { BYSTANDERS, CURRENT, matrixPackages, type Variant } from '../../matrix/packages.js';
import { compareSnapshots, takeSnapshot } from '../../matrix/snapshot.js';
import { wirePnpmfile } from '../../support/pnpm-guard.js';
import { type PnpmManager, pnpmManagers, runPnpm } from '../../support/pnpm-managers.js';
import { writeProject } from '../../support/projects.js';
import { startTarballRegistry, type TarballRegistry } from '../../support/tarball-registry.js';
import { guardedPnpm } from './pnpm-support.js';
import { healthy, installed, temporary } from './support.js';

const { managers, skipped } = pnpmManagers();
const [ONE, TWO] = BYSTANDERS as readonly [string, string];
const BAD = 'zq-matrix-bad';
const UNTOUCHED = { lockfile: true, manifests: true, modules: true, rest: true };
const open: TarballRegistry[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((registry) => registry.close()));
});

async function serve(variant: Variant = 'bad'): Promise<TarballRegistry> {
  const registry = await startTarballRegistry(matrixPackages(variant));
  registry.publish(healthy('zq-runner'));
  open.push(registry);
  return registry;
}

/** A project with a lockfile for `dependencies`, in which nothing is installed. */
async function locked(
  manager: PnpmManager,
  registry: TarballRegistry,
  dependencies: object,
): Promise<string> {
  const dir = writeProject({ 'package.json': { name: 'project', version: '1.0.0', dependencies } });
  const where = { cwd: dir, home: temporary(), registry: registry.url };
  expect((await runPnpm(manager, ['install', '--lockfile-only'], where)).status).toBe(0);
  return dir;
}

it.each(skipped)('skipped: %s', () => undefined);

describe.each(managers.map((manager) => ({ manager, version: manager.version })))(
  'the wrapper of pnpm $version',
  ({ manager }) => {
    it('installs a lockfile that is beyond doubt, and leaves its bytes', async () => {
      const registry = await serve();
      const dir = await locked(manager, registry, { [ONE]: CURRENT });
      const lockfile = readFileSync(path.join(dir, 'pnpm-lock.yaml'), 'utf8');
      for (const CI of ['true', '']) {
        rmSync(path.join(dir, 'node_modules'), { recursive: true, force: true });
        const run = await guardedPnpm(manager, registry, ['pnpm', 'install'], { cwd: dir, env: { CI } });
        expect([run.status, run.stdout, installed(dir)]).toEqual([0, '', [ONE]]);
        expect(readFileSync(path.join(dir, 'pnpm-lock.yaml'), 'utf8')).toBe(lockfile);
      }
    });

    it('refuses a lockfile, before anything is downloaded', async () => {
      const registry = await serve();
      const dir = await locked(manager, registry, { [BAD]: '1.0.0' });
      const before = takeSnapshot(dir);
      registry.reset();
      for (const words of [
        ['pnpm', 'install'],
        ['pnpm', 'i', '--ignore-pnpmfile', '--no-frozen-lockfile'],
        [],
      ]) {
        const { status, stderr } = await guardedPnpm(manager, registry, words, { cwd: dir });
        expect([status, stderr]).toEqual([1, expect.stringContaining(`BLOCKED  ${BAD}`)]);
      }
      expect(registry.requestedTarballs()).toEqual([]);
      expect(compareSnapshots(before, takeSnapshot(dir))).toEqual(UNTOUCHED);
    });

    it('refuses what a package of the command line brings', async () => {
      const registry = await serve();
      const dir = await locked(manager, registry, { [ONE]: CURRENT });
      const before = takeSnapshot(dir);
      const { status, stderr } = await guardedPnpm(manager, registry, ['pnpm', 'add', 'zq-matrix-carrier'], {
        cwd: dir,
      });
      expect([status, stderr]).toEqual([1, expect.stringContaining(`BLOCKED  ${BAD}`)]);
      expect(compareSnapshots(before, takeSnapshot(dir))).toEqual(UNTOUCHED);
    });

    it('answers an invented name with what was meant, and leaves the project as it is', async () => {
      const registry = await serve();
      const dir = await locked(manager, registry, { [ONE]: CURRENT });
      const before = takeSnapshot(dir);
      const words = ['pnpm', 'add', 'express-jsonwebtoken-guard'];
      const { status, stdout, stderr } = await guardedPnpm(manager, registry, words, { cwd: dir });
      expect([status, stdout]).toEqual([1, '']);
      expect(stderr).toContain('did you mean jsonwebtoken?');
      expect(stderr).toContain('nothing was installed, and the project is as it was');
      expect(compareSnapshots(before, takeSnapshot(dir))).toEqual(UNTOUCHED);
    });

    it('adds and removes', async () => {
      const registry = await serve();
      const dir = await locked(manager, registry, { [ONE]: CURRENT });
      const add = await guardedPnpm(manager, registry, ['pnpm', 'add', '-D', TWO], { cwd: dir });
      expect([add.status, add.stderr]).toEqual([0, expect.not.stringContaining('BLOCKED')]);
      expect(installed(dir)).toEqual([ONE, TWO]);
      expect(JSON.parse(readFileSync(path.join(dir, 'package.json'), 'utf8'))).toMatchObject({
        devDependencies: { [TWO]: `^${CURRENT}` },
      });
      const remove = await guardedPnpm(manager, registry, ['pnpm', '-C', dir, 'rm', TWO], { home: add.home });
      expect([remove.status, installed(dir)]).toEqual([0, [ONE]]);
    });

    it('guards a project that is wired, once', async () => {
      const registry = await serve();
      const dir = writeProject({
        'package.json': { name: 'project', version: '1.0.0', dependencies: { [BAD]: '1.0.0' } },
      });
      wirePnpmfile(dir);
      const { status, stderr } = await guardedPnpm(
        manager,
        registry,
        ['pnpm', 'install', '--no-frozen-lockfile'],
        {
          cwd: dir,
        },
      );
      expect([status, stderr.split(`BLOCKED  ${BAD}`).length]).toEqual([1, 2]);
    });

    it("keeps the user's hooks, and judges what they add", async () => {
      const registry = await serve();
      const hooks = `module.exports = { hooks: { readPackage(manifest) {
        if (manifest.name === '${ONE}') manifest.dependencies = { '${BAD}': '1.0.0' };
        return manifest;
      } } };\n`;
      const dir = writeProject({
        'package.json': { name: 'project', version: '1.0.0', dependencies: { [ONE]: CURRENT } },
        '.pnpmfile.cjs': hooks,
      });
      const { status, stderr } = await guardedPnpm(
        manager,
        registry,
        ['pnpm', 'install', '--no-frozen-lockfile'],
        {
          cwd: dir,
        },
      );
      expect([status, stderr]).toEqual([1, expect.stringContaining(`BLOCKED  ${BAD}`)]);
    });

    it('runs a package that is beyond doubt, with its status, and again', async () => {
      const registry = await serve();
      const { status, stderr, home, dir } = await guardedPnpm(manager, registry, [
        'pnpm',
        'dlx',
        'zq-runner',
        '7',
      ]);
      expect([status, stderr]).toEqual([7, expect.not.stringContaining('BLOCKED')]);
      expect(
        (await guardedPnpm(manager, registry, ['pnpx', 'zq-runner', '3'], { home, cwd: dir })).status,
      ).toBe(3);
    });

    it('refuses to run others', async () => {
      const registry = await serve();
      for (const words of [
        ['pnpm', 'dlx', BAD],
        ['pnpx', BAD],
        ['pnpm', 'create', 'zq-nobody-has-made'],
        ['pnpm', '--package=zq-matrix-carrier', 'dlx', 'zq-runner'],
      ]) {
        const { status, stderr } = await guardedPnpm(manager, registry, words);
        expect([words, status, stderr]).toEqual([words, 1, expect.stringContaining('BLOCKED')]);
      }
      expect(registry.requestedTarballs()).toEqual([]);
    });

    it('installs nothing where it has no guard', async () => {
      const registry = await serve('healthy');
      for (const words of [
        ['add', '-g', ONE],
        ['link', ONE],
        ['deploy', 'out'],
        ['update', '-i'],
      ]) {
        const { status, stderr, dir } = await guardedPnpm(manager, registry, ['pnpm', ...words]);
        expect([words, status, stderr]).toEqual([words, 2, expect.stringContaining('NOT_YET')]);
        expect(existsSync(path.join(dir, 'node_modules'))).toBe(false);
      }
    });

    it('runs scripts and what only reads', async () => {
      const registry = await serve();
      const files = { 'package.json': { name: 'project', version: '1.0.0', scripts: { seven: 'exit 7' } } };
      const run = await guardedPnpm(manager, registry, ['pnpm', 'run', 'seven'], { files });
      expect([run.status, run.stdout, run.stderr]).toEqual([expect.any(Number), '', '']);
      expect(run.status).not.toBe(0);
      expect((await guardedPnpm(manager, registry, ['pnpm', 'ls', '--json'], { files })).stderr).toBe('');
    });
  },
);

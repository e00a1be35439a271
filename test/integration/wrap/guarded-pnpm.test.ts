import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { BYSTANDERS, CURRENT, matrixPackages, type Variant } from '../../matrix/packages.js';
import { compareSnapshots, takeSnapshot } from '../../matrix/snapshot.js';
import { wirePnpmfile } from '../../support/pnpm-guard.js';
import { type PnpmManager, pnpmManagers, runPnpm } from '../../support/pnpm-managers.js';
import { writeProject } from '../../support/projects.js';
import { startTarballRegistry, type TarballRegistry } from '../../support/tarball-registry.js';
import { guardedEnv, guardedPnpm } from './pnpm-support.js';
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

function writeProjectInto(dir: string, file: string, content: object): void {
  mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
  writeFileSync(path.join(dir, file), JSON.stringify(content));
}

/** What pnpm itself says of its global packages. */
async function globals(manager: PnpmManager, registry: TarballRegistry, home: string): Promise<string> {
  const run = await runPnpm(manager, ['ls', '-g'], { cwd: home, home, registry: registry.url });
  return run.stdout;
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
        ['self-update'],
        ['install', '--no-lockfile'],
        ['install', '--lockfile-dir', '..'],
      ]) {
        const { status, stderr, dir } = await guardedPnpm(manager, registry, ['pnpm', ...words]);
        expect([words, status, stderr]).toEqual([words, 2, expect.stringContaining('NOT_YET')]);
        expect(existsSync(path.join(dir, 'node_modules'))).toBe(false);
      }
      const env = { npm_config_lockfile_dir: temporary(), pnpm_config_lockfile_dir: temporary() };
      const { status, stderr } = await guardedPnpm(manager, registry, ['pnpm', 'install'], { env });
      expect([status, stderr]).toEqual([2, expect.stringContaining('lockfile-dir')]);
    });

    it('judges global packages before one is asked for', { timeout: 180_000 }, async () => {
      const registry = await serve();
      registry.publish(healthy('zq-other'));
      const home = temporary();
      const at = { home, cwd: temporary() };
      for (const words of [
        ['add', '-g', 'zq-matrix-carrier'],
        ['add', '--location=global', BAD],
      ]) {
        const { status, stderr } = await guardedPnpm(manager, registry, ['pnpm', ...words], at);
        expect([status, stderr]).toEqual([1, expect.stringContaining(`BLOCKED  ${BAD}`)]);
      }
      expect(registry.requestedTarballs()).toEqual([]);
      expect(await globals(manager, registry, home)).not.toContain('zq-matrix');
      for (const words of [
        ['add', '-g', 'zq-runner@1.3.0'],
        ['add', '-g', 'zq-other'],
        ['update', '-g', '--latest', 'zq-runner'],
        ['rm', '-g', 'zq-other'],
      ]) {
        const { status } = await guardedPnpm(manager, registry, ['pnpm', ...words], at);
        expect([words, status]).toEqual([words, 0]);
      }
      const all = await globals(manager, registry, home);
      expect(all).toMatch(/zq-runner[@ ]1\.11\.0/);
      expect(all).not.toContain('zq-other');
    });

    it('judges what an update of global packages brings', { timeout: 180_000 }, async () => {
      const registry = await serve();
      const at = { home: temporary(), cwd: temporary() };
      registry.publish({
        ...healthy('zq-turns'),
        versions: { '1.0.0': {}, ...healthy('zq-turns').versions },
      });
      expect((await guardedPnpm(manager, registry, ['pnpm', 'add', '-g', 'zq-turns@1.3.0'], at)).status).toBe(
        0,
      );
      const turned = { manifest: { dependencies: { [BAD]: '1.0.0' } } };
      registry.publish({
        ...healthy('zq-turns'),
        versions: { ...healthy('zq-turns').versions, '2.0.0': turned },
      });
      // What pnpm keeps of documents.
      rmSync(path.join(at.home, 'cache'), { recursive: true, force: true });
      const words = ['pnpm', 'update', '-g', '--latest'];
      const { status, stderr } = await guardedPnpm(manager, registry, words, at);
      expect([status, stderr]).toEqual([1, expect.stringContaining(`BLOCKED  ${BAD}`)]);
    });

    it('takes the settings of pnpm for what they are worth', async () => {
      const registry = await serve();
      const home = temporary();
      const env = { npm_config_global: 'true', pnpm_config_global: 'true' };
      const run = (name: string) => guardedPnpm(manager, registry, ['pnpm', 'add', name], { home, env });
      const refused = await run('zq-matrix-carrier');
      expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining(`BLOCKED  ${BAD}`)]);
      expect(registry.requestedTarballs()).toEqual([]);
      const { status, dir } = await run(ONE);
      const isGlobal = manager.major === 11;
      expect([status, installed(dir)]).toEqual([0, isGlobal ? [] : [ONE]]);
      expect((await globals(manager, registry, home)).includes(ONE)).toBe(isGlobal);
    });

    it('asks the registries that pnpm asks', { timeout: 180_000 }, async () => {
      const registry = await serve();
      const other = await startTarballRegistry([healthy('zq-elsewhere'), healthy('@zq/scoped')]);
      open.push(other);
      const files = { '.npmrc': `@zq:registry=${other.url}\n` };
      const elsewhere = { npm_config_registry: other.url, pnpm_config_registry: other.url };
      const wrong = {
        npm_config_registry: 'http://127.0.0.1:9/',
        pnpm_config_registry: 'http://127.0.0.1:9/',
      };
      // The variable that this pnpm does not read.
      const ignored =
        manager.major > 10 ? { npm_config_registry: registry.url } : { pnpm_config_registry: registry.url };
      const runs = [
        [['pnpm', 'add', 'zq-elsewhere'], elsewhere],
        [['pnpm', 'add', 'zq-elsewhere'], { ...elsewhere, ...ignored }],
        [['pnpm', 'add', 'zq-elsewhere', `--registry=${other.url}`], wrong],
        [['pnpm', 'add', 'zq-elsewhere', `--config.registry=${other.url}`], wrong],
        [['pnpm', 'add', '@zq/scoped'], {}],
        [['pnpm', `--config.@zq:registry=${other.url}`, 'add', '@zq/scoped'], {}],
      ] satisfies [string[], object][];
      for (const [words, env] of runs) {
        const at = words.includes('@zq/scoped') && words.length === 3 ? { files, env } : { env };
        const { status, stderr, dir } = await guardedPnpm(manager, registry, words, at);
        expect([words, status, stderr]).toEqual([words, 0, expect.not.stringContaining('BLOCKED')]);
        expect(installed(dir)).toHaveLength(1);
      }
      const { status } = await guardedPnpm(manager, registry, ['pnpm', 'add', 'zq-elsewhere']);
      expect(status).toBe(1);
    });

    it('dedupes, prunes, links and patches what was judged', { timeout: 180_000 }, async () => {
      const registry = await serve();
      const dir = await locked(manager, registry, { [ONE]: CURRENT });
      const at = { cwd: dir, home: temporary(), env: { CI: '' } };
      writeProjectInto(dir, 'other/package.json', { name: 'other', version: '1.0.0' });
      for (const words of [['dedupe'], ['dedupe', '--check'], ['prune'], ['link', './other']]) {
        const { status, stderr } = await guardedPnpm(manager, registry, ['pnpm', ...words], at);
        expect([words, status, stderr]).toEqual([words, 0, expect.not.stringContaining('BLOCKED')]);
      }
      expect(installed(dir)).toEqual(expect.arrayContaining([ONE, 'other']));
      const edited = path.join(temporary(), 'edited');
      expect(
        (await guardedPnpm(manager, registry, ['pnpm', 'patch', ONE, '--edit-dir', edited], at)).status,
      ).toBe(0);
      writeFileSync(path.join(edited, 'patched.txt'), 'patched\n');
      expect((await guardedPnpm(manager, registry, ['pnpm', 'patch-commit', edited], at)).status).toBe(0);
      expect(existsSync(path.join(dir, 'node_modules', ONE, 'patched.txt'))).toBe(true);
    });

    it('refuses the same in a project that has what is bad', async () => {
      const registry = await serve();
      const dir = await locked(manager, registry, { [BAD]: '1.0.0' });
      writeProjectInto(dir, 'package-lock.json', {
        name: 'project',
        version: '1.0.0',
        lockfileVersion: 3,
        packages: { '': { name: 'project', version: '1.0.0', dependencies: { [BAD]: '1.0.0' } } },
      });
      const before = takeSnapshot(dir);
      registry.reset();
      for (const words of [['dedupe'], ['prune'], ['link', './other'], ['it'], ['import'], ['patch', BAD]]) {
        const { status, stderr } = await guardedPnpm(manager, registry, ['pnpm', ...words], { cwd: dir });
        expect([words, status, stderr]).toEqual([words, 1, expect.stringContaining(`BLOCKED  ${BAD}`)]);
      }
      expect(registry.requestedTarballs()).toEqual([]);
      expect(compareSnapshots(before, takeSnapshot(dir))).toEqual(UNTOUCHED);
    });

    it('installs and tests, with the status of the tests', async () => {
      const registry = await serve();
      const files = {
        'package.json': {
          name: 'project',
          version: '1.0.0',
          dependencies: { [ONE]: CURRENT },
          scripts: { test: 'exit 7' },
        },
      };
      const { status, dir } = await guardedPnpm(manager, registry, ['pnpm', 'it'], {
        files,
        env: { CI: '' },
      });
      expect([status === 0, installed(dir)]).toEqual([false, [ONE]]);
    });

    it('guards what a program installs that pnpm starts', async () => {
      const registry = await serve();
      const env = guardedEnv(manager, registry, temporary());
      const { status, stdout } = await guardedPnpm(
        manager,
        registry,
        ['pnpm', 'exec', 'sh', '-c', 'test -z "$PHANTOM_GUARD_INSIDE"'],
        { env: { PHANTOM_GUARD_INSIDE: '', PATH: env['PATH'] ?? '' } },
      );
      expect([status, stdout]).toEqual([0, '']);
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

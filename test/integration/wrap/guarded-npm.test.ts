import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockProject } from '../../../src/wrap/project-lock.js';
import { writeProject } from '../../support/projects.js';
import { startTarballRegistry, type TarballRegistry } from '../../support/tarball-registry.js';
import { guarded, healthy, installed, PROGRAM, temporary } from './support.js';

const BASE = 'zq-wrap-base';
const KIT = 'zq-wrap-kit';
const SQUAT = 'zq-wrap-squat';
const LATEST = '1.11.0';

let registry: TarballRegistry;
beforeAll(async () => {
  registry = await startTarballRegistry([
    healthy(BASE),
    healthy(KIT, { dependencies: { [BASE]: '^1.0.0' } }),
    healthy('create-zq-wrap'),
    healthy('zq-wrap-one-program', { bin: { one: 'cli.js', two: './cli.js' } }),
    healthy('zq-wrap-two-programs', { bin: { one: 'cli.js', two: 'package.json' } }),
    healthy('zq-wrap-plain', { bin: 'cli.js' }),
    {
      name: 'zq-wrap-unpinned',
      ageDays: 2_000,
      versions: { '1.0.0': { withoutIntegrity: true }, '1.1.0': { withoutIntegrity: true } },
    },
    { name: SQUAT, ageDays: 1, versions: { '1.0.0': { files: PROGRAM } }, repository: null },
  ]);
});
afterAll(() => registry.close());

function manifestOf(dir: string) {
  return JSON.parse(readFileSync(path.join(dir, 'package.json'), 'utf8')) as {
    dependencies?: Record<string, string>;
    devDependencies?: Record<string, string>;
  };
}

describe('a guarded install', () => {
  it('works as npm does: adds, saves, installs, and takes out again', async () => {
    const added = await guarded(registry, ['npm', 'install', KIT]);
    expect(added).toMatchObject({ status: 0, signal: null });
    expect(added.stderr).toContain('allowed: 2 packages judged');
    expect(installed(added.dir)).toEqual([BASE, KIT]);
    expect(manifestOf(added.dir).dependencies).toEqual({ [KIT]: `^${LATEST}` });
    expect(await guarded(registry, ['npm', 'i', '-D', BASE], { cwd: added.dir })).toMatchObject({
      status: 0,
    });
    expect(manifestOf(added.dir).devDependencies).toEqual({ [BASE]: `^${LATEST}` });
    expect(await guarded(registry, ['npm', 'rm', KIT], { cwd: added.dir })).toMatchObject({ status: 0 });
    expect(installed(added.dir)).toEqual([BASE]);
    expect(
      readdirSync(tmpdir()).some((name) => name.startsWith(`phantom-guard-staging-${process.pid}-`)),
    ).toBe(false);
  });

  it('of this project, and npm ci of its lockfile', async () => {
    const files = {
      'package.json': { name: 'project', version: '1.0.0', dependencies: { [KIT]: '^1.0.0' } },
    };
    const { dir, status } = await guarded(registry, [], { files });
    expect(status).toBe(0);
    const lockfile = readFileSync(path.join(dir, 'package-lock.json'), 'utf8');
    expect(await guarded(registry, ['npm', 'ci'], { cwd: dir })).toMatchObject({ status: 0 });
    expect(installed(dir)).toEqual([BASE, KIT]);
    expect(readFileSync(path.join(dir, 'package-lock.json'), 'utf8')).toBe(lockfile);
  });

  it('and npm ci of a lockfile of version 1', async () => {
    const { version, resolved, integrity } = registry.lockEntry(BASE, LATEST);
    const files = {
      'package.json': { name: 'project', version: '1.0.0', dependencies: { [BASE]: version } },
      'package-lock.json': {
        name: 'project',
        version: '1.0.0',
        lockfileVersion: 1,
        requires: true,
        dependencies: { [BASE]: { version, resolved, integrity } },
      },
    };
    const { dir, status } = await guarded(registry, ['npm', 'ci'], { files });
    expect(status).toBe(0);
    expect(installed(dir)).toEqual([BASE]);
  });

  it('in a workspace and its folders, with local folders and tarballs beside it', async () => {
    const outer = writeProject({
      'beside/package.json': { name: 'zq-beside', version: '1.0.0' },
      'project/package.json': {
        name: 'project',
        version: '1.0.0',
        workspaces: ['packages/*'],
        dependencies: { 'zq-beside': 'file:../beside' },
      },
      'project/packages/a/package.json': {
        name: 'zq-a',
        version: '1.0.0',
        dependencies: { [BASE]: '^1.0.0' },
      },
    });
    const cwd = path.join(outer, 'project');
    expect(await guarded(registry, ['npm', 'install'], { cwd })).toMatchObject({ status: 0 });
    expect(installed(cwd)).toEqual(['zq-a', 'zq-beside', BASE].toSorted());
    const lock = readFileSync(path.join(cwd, 'package-lock.json'), 'utf8');
    expect(lock).toContain('"../beside"');
    expect(lock).not.toContain('staging');
    const inside = await guarded(registry, ['npm', 'install', KIT], { cwd: path.join(cwd, 'packages/a') });
    expect(inside.status).toBe(0);
    expect(manifestOf(path.join(cwd, 'packages/a')).dependencies).toHaveProperty(KIT);
  });

  it('of a project elsewhere', async () => {
    const dir = writeProject({ 'package.json': { name: 'elsewhere', version: '1.0.0' } });
    expect(await guarded(registry, ['npm', '--prefix', dir, 'install', BASE])).toMatchObject({ status: 0 });
    expect(installed(dir)).toEqual([BASE]);
  });

  it('leaves everything as it was when npm can’t resolve', async () => {
    const files = {
      'package.json': { name: 'project', version: '1.0.0', dependencies: { [BASE]: '^9.0.0' } },
    };
    const { status, dir } = await guarded(registry, ['npm', 'install'], { files });
    expect(status).toBe(1);
    expect(readdirSync(dir)).toEqual(['package.json']);
  });

  it('takes its lockfile back when npm fails afterwards', async () => {
    const files = {
      'package.json': {
        name: 'project',
        version: '1.0.0',
        dependencies: { [BASE]: '^1.0.0' },
        scripts: { preinstall: 'exit 3', install: 'exit 3' },
      },
    };
    const { status, dir } = await guarded(registry, ['npm', 'install'], { files });
    expect(status).not.toBe(0);
    expect(existsSync(path.join(dir, 'package-lock.json'))).toBe(false);
  });

  it('refuses a second one in the same project, and takes over from one that is gone', async () => {
    const home = temporary();
    const dir = writeProject({ 'package.json': { name: 'project', version: '1.0.0' } });
    const lock = await lockProject(path.join(home, 'guard'), dir, {});
    const second = await guarded(registry, ['npm', 'install', BASE], { cwd: dir, home });
    expect(second.status).toBe(2);
    expect(second.stderr).toContain('PROJECT_BUSY');
    const [place] = readdirSync(path.join(home, 'guard/installs'));
    writeFileSync(path.join(home, 'guard/installs', String(place), 'pid'), '999999999');
    expect(await guarded(registry, ['npm', 'install', BASE], { cwd: dir, home })).toMatchObject({
      status: 0,
    });
    await lock.release();
  });
});

describe('a lockfile without integrity', () => {
  function withoutIntegrity(name: string, version: string) {
    const { integrity: _, ...entry } = registry.lockEntry(name, version);
    return {
      'package.json': { name: 'project', version: '1.0.0', dependencies: { [name]: version } },
      'package-lock.json': {
        name: 'project',
        version: '1.0.0',
        lockfileVersion: 3,
        requires: true,
        packages: {
          '': { name: 'project', version: '1.0.0', dependencies: { [name]: version } },
          [`node_modules/${name}`]: entry,
        },
      },
    };
  }

  it('is filled from what the registry publishes, for npm ci too, which leaves the file as it is', async () => {
    const files = withoutIntegrity(BASE, LATEST);
    const { status, dir } = await guarded(registry, ['npm', 'ci'], { files });
    expect(status).toBe(0);
    expect(readFileSync(path.join(dir, 'package-lock.json'), 'utf8')).toBe(
      JSON.stringify(files['package-lock.json'], null, 2),
    );
    const hidden = JSON.parse(readFileSync(path.join(dir, 'node_modules/.package-lock.json'), 'utf8')) as {
      packages: Record<string, { integrity?: string }>;
    };
    expect(hidden.packages[`node_modules/${BASE}`]?.integrity).toContain('sha512-');
  });

  it('is refused where the registry publishes none either', async () => {
    const files = withoutIntegrity('zq-wrap-unpinned', '1.1.0');
    for (const words of [
      ['npm', 'ci'],
      ['npm', 'install'],
    ]) {
      const { status, stderr, dir } = await guarded(registry, words, { files });
      expect(status).toBe(1);
      expect(stderr).toContain('has no integrity');
      expect(installed(dir)).toEqual([]);
    }
  });
});

describe('a guarded run', () => {
  it.each([
    [['npx', '--yes', BASE, '7'], 7],
    [['npx', '-y', '-p', BASE, '-c', `${BASE} 5`], 5],
    [['npm', 'exec', '--yes', `--package=${BASE}@^1`, '--', BASE, '4'], 4],
    [['npm', 'create', 'zq-wrap', '6'], 6],
    [['npm', 'init', 'zq-wrap@1.2.0', '--', '0'], 0],
  ])('%j ends with the status of the program', async (words, status) => {
    expect(await guarded(registry, words)).toMatchObject({ status, signal: null });
  });

  it('runs what is there already a second time without fetching it', async () => {
    const home = temporary();
    await guarded(registry, ['npx', '--yes', BASE], { home });
    const before = registry.requestedTarballs().length;
    expect(await guarded(registry, ['npx', '--yes', BASE, '3'], { home })).toMatchObject({ status: 3 });
    expect(registry.requestedTarballs()).toHaveLength(before);
  });

  it('refuses a squat, and says so when a package has no program that could be meant', async () => {
    expect((await guarded(registry, ['npx', '--yes', SQUAT])).stderr).toContain('BLOCKED');
    const none = await guarded(registry, ['npx', '--yes', 'zq-wrap-unheard']);
    expect(none.status).toBe(1);
    const two = await guarded(registry, ['npm', 'exec', '--yes', '--', 'zq-wrap-two-programs']);
    expect(two.status).toBe(1);
    expect(two.stderr).toContain('has no program of its name');
    for (const name of ['zq-wrap-one-program', 'zq-wrap-plain'])
      expect((await guarded(registry, ['npm', 'exec', '--yes', '--', name, '2'])).status).toBe(2);
  });

  it('of a program that the project has goes straight to npm', async () => {
    const { dir } = await guarded(registry, ['npm', 'install', BASE]);
    const { status, stderr } = await guarded(registry, ['npx', BASE, '9'], { cwd: dir });
    expect({ status, stderr }).toEqual({ status: 9, stderr: '' });
  });
});

describe('global packages', () => {
  it('are judged, and installed where npm puts them', async () => {
    const { status, home } = await guarded(registry, ['npm', 'install', '-g', KIT]);
    expect(status).toBe(0);
    expect(existsSync(path.join(home, 'prefix/lib/node_modules', KIT))).toBe(true);
    expect((await guarded(registry, ['npm', 'update', '-g'], { home })).status).toBe(0);
    const refused = await guarded(registry, ['npm', 'i', '--location=global', SQUAT]);
    expect(refused.status).toBe(1);
    expect(existsSync(path.join(refused.home, 'prefix/lib/node_modules', SQUAT))).toBe(false);
  });

  it('are linked as npm does', async () => {
    const home = temporary();
    mkdirSync(path.join(home, 'prefix/lib'), { recursive: true });
    const { status, dir } = await guarded(registry, ['npm', 'link', BASE], { home });
    expect(status).toBe(0);
    expect(installed(dir)).toEqual([BASE]);
  });
});

describe('what npm installs besides what was judged', () => {
  it('is taken off the disk again, with what npm wrote', async () => {
    const { compareLanded, lockedPackages, removeLanded } = await import('../../../src/wrap/landed.js');
    const { dir } = await guarded(registry, ['npm', 'install', KIT]);
    const lock = readFileSync(path.join(dir, 'package-lock.json'));
    expect(await compareLanded(dir, [lockedPackages(lock)])).toEqual([]);
    const judged = new Map(lockedPackages(lock));
    judged.delete(`node_modules/${BASE}`);
    const kit = judged.get(`node_modules/${KIT}`);
    for (const [change, problem] of [
      [{ version: '9.9.9' }, 'has version'],
      [{ integrity: 'sha512-AAAA' }, 'has another integrity'],
      [{ name: 'other' }, 'is another package'],
    ] as const) {
      const changed = new Map([...judged, [`node_modules/${KIT}`, { ...kit, ...change }]]);
      const differences = await compareLanded(dir, [changed]);
      expect(await compareLanded(dir, [changed, lockedPackages(lock)])).toEqual([]);
      expect(differences.map((one) => one.problem)).toEqual([
        'was not judged',
        expect.stringContaining(problem),
      ]);
    }
    await removeLanded(dir, [{ location: `node_modules/${BASE}`, problem: 'was not judged' }]);
    expect(installed(dir)).toEqual([KIT]);
  });
});

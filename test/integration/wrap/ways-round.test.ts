import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeFiles, writeProject } from '../../support/projects.js';
import { startTarballRegistry, type TarballRegistry } from '../../support/tarball-registry.js';
import { guarded, healthy, installed, PROGRAM, temporary } from './support.js';

const BASE = 'zq-round-base';
const TOOLS = 'zq-round-tools';
const SQUAT = 'zq-round-squat';
const TROJAN = 'zq-round-trojan';
const PRIVATE = '@zq-round/private';
const LATEST = '1.11.0';

let registry: TarballRegistry;
let elsewhere: TarballRegistry;
beforeAll(async () => {
  registry = await startTarballRegistry([
    healthy(BASE),
    healthy(TOOLS, { bin: { 'zq-round-one': 'cli.js', 'zq-round-two': 'cli.js' } }),
    healthy(TROJAN, { dependencies: { [SQUAT]: '*' } }),
    { name: SQUAT, ageDays: 1, versions: { '1.0.0': { files: PROGRAM } }, repository: null },
  ]);
  elsewhere = await startTarballRegistry([healthy(PRIVATE)]);
});
afterAll(() => Promise.all([registry.close(), elsewhere.close()]));
beforeEach(() => {
  registry.reset();
  elsewhere.reset();
});

/** A project with a lockfile that has the squat, and no node_modules. */
function infected(files: Readonly<Record<string, string | object>> = {}, manifest: object = {}): string {
  const root = { name: 'project', version: '1.0.0', dependencies: { [SQUAT]: '1.0.0' }, ...manifest };
  return writeProject({
    'package.json': root,
    'package-lock.json': {
      name: 'project',
      version: '1.0.0',
      lockfileVersion: 3,
      requires: true,
      packages: { '': root, [`node_modules/${SQUAT}`]: registry.lockEntry(SQUAT, '1.0.0') },
    },
    ...files,
  });
}

describe('a command that installs what the lockfile has', () => {
  it('is guarded: npm prune', async () => {
    const dir = infected();
    expect((await guarded(registry, ['npm', 'prune'], { cwd: dir })).status).toBe(1);
    expect(installed(dir)).toEqual([]);
    expect(registry.requestedTarballs()).toEqual([]);
  });

  it.each([
    [['npm', 'version', 'patch', '-w', 'a', '--no-git-tag-version']],
    [['npm', 'init', '-y', '-w', 'b']],
  ])('is guarded: %j', async (words) => {
    const dir = infected({ 'a/package.json': { name: 'a', version: '1.0.0' } }, { workspaces: ['a'] });
    expect((await guarded(registry, words, { cwd: dir })).status).toBe(1);
    expect(installed(dir)).toEqual([]);
    expect(registry.requestedTarballs()).toEqual([]);
    expect(JSON.parse(readFileSync(path.join(dir, 'a/package.json'), 'utf8')).version).toBe('1.0.0');
  });

  it('works where nothing speaks against it', async () => {
    const dir = writeProject({
      'package.json': { name: 'p', version: '1.0.0', workspaces: ['a'], dependencies: { [BASE]: '*' } },
      'a/package.json': { name: 'a', version: '1.0.0' },
    });
    const words = ['npm', 'version', 'patch', '-w', 'a', '--no-git-tag-version'];
    expect((await guarded(registry, words, { cwd: dir })).status).toBe(0);
    expect(JSON.parse(readFileSync(path.join(dir, 'a/package.json'), 'utf8')).version).toBe('1.0.1');
    expect(installed(dir)).toEqual(['a', BASE]);
  });
});

describe('what the command line tells npm about registries', () => {
  it.each([
    ['of a scope', (url: string) => [`--@zq-round:registry=${url}`]],
    ['in a user configuration', (url: string) => ['--userconfig', userconfig(url)]],
  ])('%s decides who is asked for a verdict', async (_, options) => {
    const { status, dir } = await guarded(registry, ['npm', ...options(elsewhere.url), 'install', PRIVATE]);
    expect(status).toBe(0);
    expect(installed(dir)).toEqual(['@zq-round']);
    expect(registry.requests).toEqual([]);
  });

  function userconfig(url: string): string {
    const file = path.join(temporary(), 'npmrc');
    writeFileSync(file, `@zq-round:registry=${url}\n`);
    return file;
  }
});

describe('the folder of the project', () => {
  it.each(['--prefix', '--prefi', '-prefix', '-C'])(
    'named with %s stays as it is until the verdict',
    async (option) => {
      const dir = writeProject({ 'package.json': { name: 'project', version: '1.0.0' } });
      const before = readFileSync(path.join(dir, 'package.json'), 'utf8');
      const { status } = await guarded(registry, ['npm', option, dir, 'install', TROJAN], { cwd: dir });
      expect(status).toBe(1);
      expect(readFileSync(path.join(dir, 'package.json'), 'utf8')).toBe(before);
      expect(existsSync(path.join(dir, 'package-lock.json'))).toBe(false);
    },
  );

  it('keeps the permissions of its lockfile', async () => {
    const { dir } = await guarded(registry, ['npm', 'install', BASE]);
    const file = path.join(dir, 'package-lock.json');
    const { chmodSync } = await import('node:fs');
    chmodSync(file, 0o666);
    expect((await guarded(registry, ['npm', 'install', TOOLS], { cwd: dir })).status).toBe(0);
    expect(statSync(file).mode & 0o777).toBe(0o666);
  });
});

describe('folders and tarballs beside the project', () => {
  it('are found by a command line, and what they ask for is judged', async () => {
    const outer = writeProject({
      'project/package.json': { name: 'project', version: '1.0.0' },
      'good/package.json': { name: 'zq-good', version: '1.0.0', dependencies: { [BASE]: '*' } },
      'bad/package.json': { name: 'zq-bad', version: '1.0.0', dependencies: { [SQUAT]: '*' } },
    });
    const cwd = path.join(outer, 'project');
    expect((await guarded(registry, ['npm', 'install', '../good'], { cwd })).status).toBe(0);
    expect(installed(cwd)).toContain('zq-good');
    expect((await guarded(registry, ['npm', 'install', '../bad'], { cwd })).status).toBe(1);
    expect(installed(cwd)).not.toContain('zq-bad');
    const home = temporary();
    mkdirSync(path.join(home, 'prefix/lib'), { recursive: true });
    expect((await guarded(registry, ['npm', 'install', '-g', '../good'], { cwd, home })).status).toBe(0);
    expect((await guarded(registry, ['npm', 'install', '-g', '../bad'], { cwd, home })).status).toBe(1);
  });
});

describe('npx', () => {
  it('runs a program that the project has, also of a package of another name, and its own', async () => {
    const { dir } = await guarded(registry, ['npm', 'install', TOOLS]);
    registry.reset();
    expect((await guarded(registry, ['npx', 'zq-round-one', '6'], { cwd: dir })).status).toBe(6);
    mkdirSync(path.join(dir, 'below'));
    writeFiles(dir, { 'below/package.json': { name: 'below', version: '1.0.0' } });
    expect(
      (await guarded(registry, ['npx', 'zq-round-two', '7'], { cwd: path.join(dir, 'below') })).status,
    ).toBe(7);
    writeFiles(dir, {
      'own/package.json': { name: 'own', version: '1.0.0', bin: { 'zq-round-own': 'cli.js' } },
      'own/cli.js': PROGRAM['cli.js'],
    });
    const own = await guarded(registry, ['npx', '--yes', 'zq-round-own', '8'], {
      cwd: path.join(dir, 'own'),
    });
    expect(own.status).toBe(8);
    expect(registry.requests).toEqual([]);
  });

  it('installs once for several at once, and for runs to come', async () => {
    const home = temporary();
    const runs = ['3', '4', '5'].map((status) => guarded(registry, ['npx', '--yes', BASE, status], { home }));
    expect((await Promise.all(runs)).map(({ status }) => status)).toEqual([3, 4, 5]);
    const { readdirSync } = await import('node:fs');
    expect(readdirSync(path.join(home, 'guard/exec'))).toHaveLength(1);
  });
});

describe('other ways to end', () => {
  it('npm it keeps what was installed when the tests fail, and runs none before the verdict', async () => {
    const scripts = { test: 'echo x >> ran && exit 7' };
    const files = { 'package.json': { name: 'project', version: '1.0.0', scripts } };
    const { status, dir } = await guarded(registry, ['npm', 'install-test', BASE], { files });
    expect(status).toBe(7);
    expect(readFileSync(path.join(dir, 'ran'), 'utf8')).toBe('x\n');
    expect(readFileSync(path.join(dir, 'package.json'), 'utf8')).toContain(BASE);
    expect(existsSync(path.join(dir, 'package-lock.json'))).toBe(true);
  });

  it('a bad package can be taken out of the global ones', async () => {
    const home = temporary();
    const place = path.join(home, 'prefix/lib/node_modules', SQUAT);
    mkdirSync(place, { recursive: true });
    writeFileSync(path.join(place, 'package.json'), JSON.stringify({ name: SQUAT, version: '1.0.0' }));
    expect((await guarded(registry, ['npm', 'uninstall', '-g', SQUAT], { home })).status).toBe(0);
    expect(existsSync(place)).toBe(false);
  });

  it('an entry of the linked strategy is known by name, version and integrity', async () => {
    const { compareLanded } = await import('../../../src/wrap/landed.js');
    const { integrity } = registry.lockEntry(BASE, LATEST);
    const landed = (one: object) =>
      writeProject({
        'node_modules/.package-lock.json': {
          packages: {
            [`node_modules/.store/${BASE}@${LATEST}-KEY`]: {},
            [`node_modules/.store/${BASE}@${LATEST}-KEY/node_modules/${BASE}`]: { version: LATEST, ...one },
            [`node_modules/${BASE}`]: {
              link: true,
              resolved: `node_modules/.store/${BASE}@${LATEST}-KEY/node_modules/${BASE}`,
            },
          },
        },
      });
    const judged = [new Map([[`node_modules/${BASE}`, { version: LATEST, integrity }]])];
    expect(await compareLanded(landed({ integrity }), judged)).toEqual([]);
    expect(await compareLanded(landed({}), judged)).toEqual([]);
    expect(await compareLanded(landed({ integrity: 'sha512-AAAA' }), judged)).toHaveLength(1);
    expect(await compareLanded(landed({ version: '9.9.9', integrity }), judged)).toHaveLength(1);
  });
});

describe('npx of a folder', () => {
  it('runs its program, and keeps nothing of it', async () => {
    const tool = writeProject({
      'package.json': { name: 'zq-wrap-tool', version: '1.0.0', bin: 'cli.js' },
      'cli.js': '#!/usr/bin/env node\nprocess.exitCode = Number(process.argv[2]);\n',
    });
    chmodSync(path.join(tool, 'cli.js'), 0o755);
    const home = temporary();
    const { status } = await guarded(registry, ['npx', '--yes', tool, '3'], { home });
    expect(status).toBe(3);
    expect(existsSync(path.join(home, 'guard/exec'))).toBe(false);
  });
});

describe('the clone of a git dependency', () => {
  function repository(devDependency: string, prepare: string): string {
    const manifest = {
      name: 'zq-round-git',
      version: '1.0.0',
      scripts: { prepare },
      devDependencies: { [devDependency]: '*' },
    };
    const repo = writeProject({ 'package.json': manifest });
    const git = (...words: string[]) =>
      execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@x.test', ...words], {
        cwd: repo,
        stdio: 'ignore',
      });
    git('init');
    git('add', '.');
    git('commit', '-m', 'x');
    return `git+file://${repo}`;
  }

  // The guard in the clone is the built one, as for hooks/script-shell.
  it.skipIf(!existsSync('dist/cli.js'))('is prepared with packages that were judged', async () => {
    const good = await guarded(registry, [
      'npm',
      'install',
      '--allow-git=all',
      repository(BASE, `${BASE} && echo x > prepared`),
    ]);
    expect(good.status).toBe(0);
    expect(existsSync(path.join(good.dir, 'node_modules/zq-round-git/prepared'))).toBe(true);
    registry.reset();
    for (const words of [['install'], ['pack']]) {
      const bad = await guarded(registry, ['npm', ...words, '--allow-git=all', repository(SQUAT, 'exit 0')]);
      expect(bad.status).toBe(1);
      expect(installed(bad.dir)).toEqual([]);
      expect(registry.requestedTarballs()).toEqual([]);
    }
  });
});

describe('a setting `git` of the project', () => {
  it('starts no program before the verdict', async () => {
    const folder = temporary();
    const program = path.join(folder, 'fetch');
    writeFileSync(program, `#!/bin/sh\necho x >> "${folder}/ran"\nexit 1\n`, { mode: 0o755 });
    const dependencies = { [SQUAT]: '*', 'zq-round-git': 'git+https://127.0.0.1:9/x.git' };
    const files = {
      'package.json': { name: 'p', version: '1.0.0', dependencies },
      '.npmrc': `git=${program}\n`,
    };
    expect((await guarded(registry, ['npm', 'install'], { files })).status).toBe(1);
    expect(existsSync(path.join(folder, 'ran'))).toBe(false);
  });
});

import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  findNpms,
  marking,
  type Npm,
  runNpm,
  SCRIPT_SHELL,
  type Served,
  startTarballRegistry,
  type TarballRegistry,
  writeProject,
} from './support.js';

const scripts = (name: string) => ({ scripts: { install: marking(name) } });
const PACKAGES: readonly Served[] = [
  { name: 'zq-healthy', manifest: scripts('zq-healthy') },
  { name: 'zq-second', manifest: scripts('zq-second') },
  { name: '@zq-scope/healthy', manifest: scripts('@zq-scope/healthy') },
  { name: 'zq-quiet' },
  {
    name: 'zq-runner',
    manifest: { bin: 'bin.sh' },
    files: { 'bin.sh': `#!/bin/sh\n${marking('zq-runner')}\n` },
  },
  { name: 'zq-bad', bad: true, manifest: { scripts: { preinstall: marking('zq-bad') } } },
  {
    name: 'zq-bad-runner',
    bad: true,
    manifest: { bin: 'bin.sh' },
    files: { 'bin.sh': `#!/bin/sh\n${marking('zq-bad-runner')}\n` },
  },
  { name: 'zq-parent', manifest: { dependencies: { 'zq-bad': '*' } } },
  // Its bins have the names of what the gate could look up in PATH.
  {
    name: 'zq-bad-bins',
    bad: true,
    manifest: {
      ...scripts('zq-bad-bins'),
      bin: { node: 'bin.sh', ls: 'bin.sh', ps: 'bin.sh', sh: 'bin.sh' },
    },
    files: { 'bin.sh': `#!/bin/sh\n${marking('zq-bad-bins')}\nexit 0\n` },
  },
];

const npms = findNpms();
const old = npms.filter(({ major }) => major < 12);
let registry: TarballRegistry;
beforeAll(async () => {
  registry = await startTarballRegistry(PACKAGES);
});
afterAll(async () => registry.close());

const project = (manifest: object, files: Record<string, string | object> = {}, npmrc?: readonly string[]) =>
  writeProject(
    registry.url,
    { 'package.json': { name: 'p', version: '1.0.0', ...manifest }, ...files },
    npmrc,
  );
const needs = (...names: readonly string[]) => ({
  dependencies: Object.fromEntries(names.map((name) => [name, '*'])),
});

if (npms.length < 3)
  it.skip('some npm is missing: "npm run toolchain" installs them, or set PHANTOM_GUARD_TOOLS');

describe.each(old)('the script gate on npm $version', (npm: Npm) => {
  it('lets a healthy tree run its scripts', async () => {
    const one = project(needs('zq-healthy', 'zq-second', '@zq-scope/healthy'));
    const { status, stderr } = await runNpm(npm, one, ['install']);
    expect(stderr).not.toContain('phantom-guard');
    expect(status).toBe(0);
    expect([...one.marks()].sort()).toEqual(['@zq-scope/healthy', 'zq-healthy', 'zq-second']);
  });

  it.each([
    ['direct', needs('zq-bad', 'zq-healthy')],
    ['transitive', needs('zq-parent', 'zq-healthy')],
    ['without a script of its own', needs('zq-bad-runner', 'zq-healthy')],
    ['optional', { ...needs('zq-healthy'), optionalDependencies: { 'zq-bad': '*' } }],
    ['development', { ...needs('zq-healthy'), devDependencies: { 'zq-bad': '*' } }],
    ['alias', { dependencies: { 'zq-healthy': 'npm:zq-bad@*' } }],
    ['with bins that shadow tools', needs('zq-bad-bins')],
  ])('ends an install with a bad package: %s', async (_, manifest) => {
    const one = project(manifest);
    const before = one.read('package.json');
    const { status, stdout, stderr } = await runNpm(npm, one, ['install']);
    expect(stderr).toContain('BLOCKED  zq-bad');
    expect(stdout).not.toContain('BLOCKED');
    expect(status).not.toBe(0);
    expect(one.marks()).toEqual([]);
    expect(one.read('package.json')).toBe(before);
    expect(readdirSync(one.directory)).toEqual(['package.json']);
  });

  it('ends an install in which only an optional package has a script, which npm would go on without', async () => {
    const one = project({ ...needs('zq-bad-runner'), optionalDependencies: { 'zq-healthy': '*' } });
    const { stderr } = await runNpm(npm, one, ['install'], { shell: true });
    expect(stderr).toContain('BLOCKED  zq-bad-runner');
    expect(stderr).toContain('process terminated');
    expect(stderr).toContain('npm ended with 1');
    expect(one.marks()).toEqual([]);
    expect(readdirSync(one.directory)).toEqual(['package.json']);
  });

  it('ends `npm install X` and leaves what was there', async () => {
    const one = project(needs('zq-healthy'));
    await runNpm(npm, one, ['install']);
    const files = ['package.json', 'package-lock.json', 'node_modules/.package-lock.json'];
    const before = files.map(one.read);
    for (const spec of ['zq-bad', 'zq-parent', 'react@npm:zq-bad']) {
      const { status, stderr } = await runNpm(npm, one, ['install', spec]);
      expect(stderr).toContain('BLOCKED  zq-bad');
      expect(status).toBe(1);
    }
    expect(files.map(one.read)).toEqual(before);
    expect(
      readdirSync(path.join(one.directory, 'node_modules')).filter((name) => !name.startsWith('.')),
    ).toEqual(['zq-healthy']);
    expect(one.marks()).toEqual(['zq-healthy']);
    expect((await runNpm(npm, one, ['install', 'invented-here@npm:zq-second'])).status).toBe(0);
    expect(one.marks()).toEqual(['zq-healthy', 'zq-second']);
  });

  it('ends `npm ci` and `npm rebuild`', async () => {
    const one = project(needs('zq-parent', 'zq-healthy'));
    expect((await runNpm(npm, one, ['install', '--package-lock-only'])).status).toBe(0);
    const lock = one.read('package-lock.json');
    const ci = await runNpm(npm, one, ['ci']);
    expect([ci.status, one.marks(), one.read('package-lock.json')]).toEqual([1, [], lock]);
    expect((await runNpm(npm, one, ['ci', '--ignore-scripts'])).status).toBe(0);
    expect((await runNpm(npm, one, ['rebuild'])).status).toBe(1);
    expect(one.marks()).toEqual([]);
    const healthy = project(needs('zq-healthy'));
    await runNpm(npm, healthy, ['install', '--package-lock-only']);
    expect((await runNpm(npm, healthy, ['ci'])).status).toBe(0);
    expect((await runNpm(npm, healthy, ['rebuild'])).status).toBe(0);
    expect(healthy.marks()).toEqual(['zq-healthy', 'zq-healthy']);
  });

  it('covers workspaces, and scripts of the project itself', async () => {
    const app = (manifest: object) => ({
      'packages/app/package.json': { name: 'app', version: '1.0.0', ...manifest },
    });
    const workspaces = { workspaces: ['packages/*'] };
    const own = { scripts: { postinstall: marking('app') } };
    const good = project(
      { ...workspaces, scripts: { postinstall: marking('root') } },
      app({ ...own, ...needs('zq-quiet') }),
    );
    expect((await runNpm(npm, good, ['install'])).status).toBe(0);
    expect(good.marks()).toEqual(['app', 'root']);
    const bad = project(workspaces, app({ ...own, ...needs('zq-bad-runner') }));
    expect((await runNpm(npm, bad, ['install'])).status).toBe(1);
    expect(bad.marks()).toEqual([]);
    const rootOnly = project({ scripts: { preinstall: marking('root') }, ...needs('zq-bad-runner') });
    expect((await runNpm(npm, rootOnly, ['install'])).status).toBe(1);
    expect(rootOnly.marks()).toEqual([]);
  });

  it('covers -g, npx and linked installs', async () => {
    const one = project({});
    const prefix = path.join(one.home, 'prefix');
    expect((await runNpm(npm, one, ['install', '-g', '--prefix', prefix, 'zq-bad'])).status).toBe(1);
    expect((await runNpm(npm, one, ['install', '-g', '--prefix', prefix, 'zq-healthy'])).status).toBe(0);
    expect((await runNpm(npm, one, ['exec', '--yes', 'zq-bad-runner'])).status).toBe(1);
    expect((await runNpm(npm, one, ['exec', '--yes', 'zq-runner'])).status).toBe(0);
    expect(one.marks()).toEqual(['zq-healthy', 'zq-runner']);
    const linked = project(needs('zq-parent', 'zq-healthy'));
    expect((await runNpm(npm, linked, ['install', '--install-strategy=linked'])).status).toBe(1);
    expect(linked.marks()).toEqual([]);
    const fine = project(needs('zq-healthy', '@zq-scope/healthy'));
    expect((await runNpm(npm, fine, ['install', '--install-strategy=linked'])).status).toBe(0);
    expect([...fine.marks()].sort()).toEqual(['@zq-scope/healthy', 'zq-healthy']);
  });

  it('judges in the order of two installs at once, each on its own', async () => {
    const [good, bad] = [project(needs('zq-healthy', 'zq-second')), project(needs('zq-bad', 'zq-second'))];
    const [first, second] = await Promise.all([good, bad].map((one) => runNpm(npm, one, ['install'])));
    expect([first?.status, second?.status]).toEqual([0, 1]);
    expect([[...good.marks()].sort(), bad.marks()]).toEqual([['zq-healthy', 'zq-second'], []]);
  });

  it('believes nothing of the project: node-options, user-agent, files, a .npmrc that names settings of ours', async () => {
    const one = project(needs('zq-bad'), {
      'evil.cjs': `if (process.argv[1]?.endsWith('cli.js') && process.argv[2] === 'internal-gate') process.exit(0);`,
      '.npmrc': [
        'node-options=--require ./evil.cjs',
        'user-agent=pnpm/9.0.0',
        'phantom-guard-home=/tmp',
        'command=run-script',
        'lifecycle-event=test',
        'execpath=/pnpm.cjs',
      ].join('\n'),
    });
    writeFileSync(
      path.join(one.directory, 'evil.cjs'),
      `require('fs').appendFileSync(process.env.MARK, process.argv[2] === 'internal-gate' ? 'in the gate\\n' : '');`,
    );
    const { status } = await runNpm(npm, one, [
      'install',
      `--node-options=--require ${one.directory}/evil.cjs`,
    ]);
    expect(status).toBe(1);
    expect(one.marks()).toEqual([]);
  });

  it('does not believe state that others could write', async () => {
    const one = project(needs('zq-bad'));
    const state = path.join(one.home, '.local/share/phantom-guard/gate');
    mkdirSync(state, { recursive: true, mode: 0o755 });
    const { status, stderr } = await runNpm(npm, one, ['install']);
    expect([status, one.marks()]).toEqual([1, []]);
    expect(stderr).toContain('BLOCKED  zq-bad');
    expect(readdirSync(state)).toEqual([]);
  });

  it('clears what earlier installs left', async () => {
    const one = project(needs('zq-healthy'));
    const state = path.join(one.home, '.local/share/phantom-guard/gate');
    for (let round = 0; round < 2; round++) {
      await runNpm(npm, one, ['rebuild']);
      await runNpm(npm, one, ['install']);
    }
    await runNpm(npm, one, ['rebuild']);
    expect(readdirSync(state)).toHaveLength(1);
  });

  it('stays out of `npm run`, whatever the script does', async () => {
    const one = project({
      scripts: {
        echo: 'printf "<%s>" "$0" "it\'s"; cat; exit 7',
        args: "printf '<%s>'",
        die: 'kill -TERM $$',
        test: 'echo tested',
      },
    });
    const plain = { env: { npm_config_script_shell: '/bin/sh' } };
    const compare = async (args: readonly string[], stdin = '') => {
      const [gated, other] = await Promise.all([
        runNpm(npm, one, args, { stdin }),
        runNpm(npm, one, args, { ...plain, stdin }),
      ]);
      expect([gated.status, gated.stdout]).toEqual([other.status, other.stdout]);
      return gated;
    };
    expect((await compare(['run', '-s', 'echo'], 'typed\n')).status).toBe(7);
    expect((await compare(['run', '-s', 'args', '--', 'a b', "c'd", '$HOME', ''])).stdout).toContain('<a b>');
    expect((await compare(['run', '-s', 'die'])).status).toBe(143);
    expect((await compare(['test'])).stdout).toContain('tested');
    mkdirSync(path.join(one.directory, 'sub'));
    const options = { cwd: path.join(one.directory, 'sub'), env: { PWD: '/stale' } };
    expect((await runNpm(npm, one, ['test', '-s'], options)).stdout).toBe('tested\n');
    const elsewhere = await runNpm(npm, one, ['--prefix', one.directory, 'test', '-s'], { cwd: '/' });
    expect(elsewhere.stdout).toBe('tested\n');
    expect(existsSync(path.join(one.home, '.local'))).toBe(false);
  });

  it('uses the shell that the user had before', async () => {
    const one = project({ scripts: { which: 'echo never', postinstall: 'echo never' } });
    const own = path.join(one.home, 'my shell');
    writeFileSync(own, '#!/bin/sh\necho "mine $*"\n', { mode: 0o755 });
    mkdirSync(path.join(one.home, 'guard'));
    writeFileSync(path.join(one.home, 'guard/real-script-shell'), `${own}\n`);
    const env = { PHANTOM_GUARD_HOME: path.join(one.home, 'guard') };
    expect((await runNpm(npm, one, ['run', '-s', 'which'], { env })).stdout).toBe('mine -c echo never\n');
    expect((await runNpm(npm, one, ['install'], { env })).stdout).toContain('mine -c echo never');
  });

  it('is switched off by a .npmrc of the project, and not where the environment names it', async () => {
    const files = { '.npmrc': 'script-shell=/bin/sh\n' };
    const off = project(needs('zq-bad'), files);
    expect([(await runNpm(npm, off, ['install'])).status, off.marks()]).toEqual([0, ['zq-bad']]);
    const on = project(needs('zq-bad'), files);
    const env = { npm_config_script_shell: SCRIPT_SHELL };
    expect([(await runNpm(npm, on, ['install'], { env })).status, on.marks()]).toEqual([1, []]);
  });

  it('refuses while the registry gives no answer', async () => {
    const one = project(needs('zq-healthy'));
    await runNpm(npm, one, ['install', '--ignore-scripts']);
    const env = {
      npm_config_registry: 'http://127.0.0.1:9/',
      PHANTOM_GUARD_OPTIONS: '--no-cache --timeout-ms 3000',
    };
    const { status, stderr } = await runNpm(npm, one, ['rebuild'], { env });
    expect([status, one.marks()]).not.toEqual([0, ['zq-healthy']]);
    expect(stderr).toMatch(/UNKNOWN|undecided/);
  });
});

describe.each(npms.filter(({ major }) => major >= 12))('the script gate on npm $version', (npm: Npm) => {
  it('does not take the verdict on an empty node_modules for one on what comes later', async () => {
    const one = project({
      scripts: { preinstall: marking('root') },
      ...needs('zq-parent', 'zq-healthy'),
      allowScripts: { 'zq-bad': true, 'zq-healthy': true },
    });
    const { status, stderr } = await runNpm(npm, one, ['install']);
    expect(stderr).toContain('BLOCKED  zq-bad');
    expect([status, one.marks()]).toEqual([1, ['root']]);
  });

  it('lets a healthy tree run the scripts that npm allows', async () => {
    const one = project({ ...needs('zq-healthy'), allowScripts: { 'zq-healthy': true } });
    expect((await runNpm(npm, one, ['install'])).status).toBe(0);
    expect(one.marks()).toEqual(['zq-healthy']);
  });
});

import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SHIMS, shimText } from '../../../src/wiring/shims.js';
import { npmEffect, OTHER_COMMANDS } from '../../../src/wrap/npm-commands.js';
import { findProgram, INSIDE, insideMark } from '../../../src/wrap/real-npm.js';
import { pnpmEffect } from '../../../src/wrap-pnpm/pnpm-commands.js';
import { launcherDir, managerEnv, managers } from '../../support/managers.js';
import { packageLock, writeProject } from '../../support/projects.js';
import { runProcess } from '../../support/run-process.js';
import { startTarballRegistry, type TarballRegistry } from '../../support/tarball-registry.js';
import { runInit } from '../../support/wiring.js';

const SYSTEM = '/usr/bin:/bin';

function temporary(name: string): string {
  return mkdtempSync(path.join(tmpdir(), `phantom-guard-${name}-`));
}

function program(folder: string, name: string, text: string): string {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, name);
  writeFileSync(file, text);
  chmodSync(file, 0o755);
  return file;
}

/** Shims with a guard, a node and managers that only say what they were called with. */
function setUp({ withGuard = true } = {}) {
  const root = path.join(temporary('shims'), `it's "odd" $HOME`);
  const [shims, guard, plain] = ['shims', 'guard', 'plain'].map((name) => path.join(root, name)) as [
    string,
    string,
    string,
  ];
  for (const shim of SHIMS) program(shims, shim.name, shimText(shim, guard, shims));
  if (withGuard) program(path.join(guard, 'dist'), 'cli.js', '');
  program(plain, 'node', '#!/bin/sh\nshift\necho "guard $*"\n');
  for (const name of ['npm', 'npx', 'pnpm', 'pnpx'])
    program(plain, name, `#!/bin/sh\necho "plain ${name} $*"\n`);
  const run = (
    words: readonly string[],
    env: Readonly<Record<string, string>> = {},
    file = 'npm',
    cwd = root,
  ) =>
    runProcess('/bin/sh', ['-c', '"$0" "$@"', file, ...words], {
      cwd,
      env: { PATH: `${shims}:${plain}:${SYSTEM}`, ...env },
      timeoutMs: 10_000,
    });
  return { root, shims, guard, plain, run };
}

describe('a shim', () => {
  it.each([
    [['ls', '--json'], 'plain'],
    [['run', 'build', '--', 'install'], 'plain'],
    [['audit'], 'plain'],
    [['audit', '--json'], 'plain'],
    [['audit', 'fix'], 'guard'],
    [['audit', '--json', 'fix'], 'guard'],
    [[], 'plain'],
    [['--version'], 'plain'],
    [['-v'], 'plain'],
    [['-h'], 'plain'],
    [['--help'], 'plain'],
    [['--version', '--no-version', 'install', 'x'], 'guard'],
    [['--json', 'ls'], 'guard'],
    [['install', 'x'], 'guard'],
    [['i'], 'guard'],
    [['instal'], 'guard'],
    [['in', 'x y', ''], 'guard'],
    [['ci'], 'guard'],
    [['init'], 'guard'],
    [['link'], 'guard'],
    [['exec', 'x'], 'guard'],
    [['LS'], 'guard'],
    [['l*'], 'guard'],
    [['runScript'], 'guard'],
    [[''], 'guard'],
  ])('of npm leads %j to the %s', async (words, where) => {
    const { run } = setUp();
    const { status, stdout, stderr } = await run(words);
    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stdout: `${where} npm ${words.join(' ')}\n`,
      stderr: '',
    });
  });

  it('of npm lets nothing through that the wrapper would guard', () => {
    expect(OTHER_COMMANDS.filter((word) => npmEffect(word) !== 'none')).toEqual([]);
    const passed = SHIMS.find(({ name }) => name === 'npm')?.passed ?? [];
    expect(passed.filter((word) => !OTHER_COMMANDS.includes(word))).toEqual([]);
    // A git repository that these are given is cloned and prepared, which installs what it needs.
    expect(OTHER_COMMANDS.filter((word) => !passed.includes(word))).toEqual(
      expect.arrayContaining(['pack', 'publish', 'diff', 'cache']),
    );
  });

  it.each([
    [['--version'], 'plain'],
    [['ls'], 'guard'],
    [['cowsay', '--help'], 'guard'],
    [['-y', 'x'], 'guard'],
  ])('of npx leads %j to the %s', async (words, where) => {
    const { run } = setUp();
    expect((await run(words, {}, 'npx')).stdout).toBe(`${where} npx ${words.join(' ')}\n`);
  });

  it.each([
    [['ls', '--json'], 'plain', 'ls --json'],
    [['run', 'build', '-g'], 'plain', '--config.verify-deps-before-run=false run build -g'],
    [['test'], 'plain', '--config.verify-deps-before-run=false test'],
    [['exec', 'x'], 'plain', '--config.verify-deps-before-run=false exec x'],
    [['--version'], 'plain', '--version'],
    [['install'], 'guard', 'install'],
    [['i'], 'guard', 'i'],
    [['add', '-g', 'x'], 'guard', 'add -g x'],
    [['dlx', 'x'], 'guard', 'dlx x'],
    [['audit', '--fix'], 'guard', 'audit --fix'],
    [['build'], 'guard', 'build'],
    [['-r', 'run', 'build'], 'guard', '-r run build'],
    [['link', 'x'], 'guard', 'link x'],
    [['self-update'], 'guard', 'self-update'],
  ])('of pnpm leads %j to the %s', async (words, where, given) => {
    const { run } = setUp();
    expect((await run(words, {}, 'pnpm')).stdout).toBe(`${where} pnpm ${given}\n`);
  });

  it('of pnpm lets no script pass for which pnpm would load config dependencies', async () => {
    const { root, run } = setUp();
    const inside = path.join(root, 'a', 'b');
    mkdirSync(inside, { recursive: true });
    writeFileSync(path.join(root, 'pnpm-workspace.yaml'), 'packages: ["a/*"]\nconfigDependencies: {}');
    expect((await run(['run', 'x'], {}, 'pnpm', inside)).stdout).toBe('guard pnpm run x\n');
    writeFileSync(path.join(root, 'a', 'pnpm-workspace.yaml'), 'packages: []\n');
    expect((await run(['run', 'x'], {}, 'pnpm', inside)).stdout).toContain('plain pnpm');
  });

  it('of pnpm lets nothing through that the wrapper would guard', () => {
    const passed = SHIMS.find(({ name }) => name === 'pnpm')?.passed ?? [];
    expect(passed.filter((word) => pnpmEffect(word) !== 'none')).toEqual([]);
    expect(passed).not.toContain('audit');
  });

  it('of pnpx leads to the guard', async () => {
    const { run } = setUp();
    expect((await run(['ls'], {}, 'pnpx')).stdout).toBe('guard pnpx ls\n');
  });

  it('lets through what the guard itself starts, and guards what scripts start', async () => {
    const { run } = setUp();
    const env = { npm_lifecycle_event: 'build', npm_package_json: '/a b/package.json' };
    expect((await run(['install'], { ...env, [INSIDE]: insideMark(env) })).stdout).toBe(
      'plain npm install\n',
    );
    expect((await run(['install'], { [INSIDE]: insideMark({}) })).stdout).toBe('plain npm install\n');
    expect((await run(['install'], { ...env, [INSIDE]: insideMark({}) })).stdout).toBe('guard npm install\n');
  });

  it('never calls itself, however the PATH names it', async () => {
    const { root, shims, plain, run } = setUp();
    const linked = path.join(root, 'linked');
    symlinkSync(shims, linked);
    const single = path.join(root, 'single');
    mkdirSync(single);
    symlinkSync(path.join(shims, 'npm'), path.join(single, 'npm'));
    for (const before of [
      `${shims}:${shims}`,
      `${shims}/`,
      `${shims}//`,
      'shims',
      './shims',
      linked,
      single,
      `:${shims}:`,
    ]) {
      const PATH = `${before}:${shims}:${plain}:${SYSTEM}`;
      expect((await run(['ls'], { PATH })).stdout).toBe('plain npm ls\n');
      expect((await run(['ls'], { PATH }, path.join(shims, 'npm'))).stdout).toBe('plain npm ls\n');
      expect((await run(['ls'], { PATH }, 'npm', shims)).stdout).toBe('plain npm ls\n');
    }
  });

  it('gives what it starts its arguments, status, signal and environment as they are', async () => {
    const { plain, run } = setUp();
    program(plain, 'npm', '#!/bin/sh\nprintf "%s|" "$@"; exit 7\n');
    const words = ['ls', '', 'a  b', '*', '$HOME', '-n', "it's"];
    expect(await run(words)).toMatchObject({ status: 7, stdout: `${words.join('|')}|` });
    program(plain, 'npm', '#!/bin/sh\nkill -TERM $$\n');
    expect((await run(['ls'])).status).toBe(143);
  });

  it('finds a program that is no script, and none that cannot be started', async () => {
    const { root, plain, run } = setUp();
    rmSync(path.join(plain, 'npm'));
    mkdirSync(path.join(plain, 'npm'));
    const other = path.join(root, 'other');
    mkdirSync(other);
    writeFileSync(path.join(other, 'npm'), '#!/bin/sh\necho wrong\n');
    const binary = path.join(root, 'binary');
    mkdirSync(binary);
    symlinkSync('/bin/echo', path.join(binary, 'npm'));
    const PATH = `${path.join(root, 'shims')}:${plain}:${other}:${binary}`;
    expect(await run(['ls'], { PATH })).toMatchObject({ status: 0, stdout: 'ls\n' });
  });

  it('ends with 127 where there is no other program of the name', async () => {
    const { shims, run } = setUp();
    for (const PATH of [shims, '', `${shims}:${shims}`]) {
      const { status, stderr } = await run(['ls'], { PATH }, path.join(shims, 'npm'));
      expect(status).toBe(127);
      expect(stderr).toContain('there is no npm on the PATH');
    }
  });

  it("gets past another tool's shim that leads back to it", async () => {
    const { root, shims, plain, run } = setUp();
    const other = path.join(root, 'tool');
    // Starts the first npm on the PATH that is not itself, as such tools do.
    program(other, 'npm', `#!/bin/sh\nexec "$SHIM" "$@"\n`);
    const PATH = `${shims}:${other}:${plain}:${SYSTEM}`;
    const env = { PATH, SHIM: path.join(shims, 'npm') };
    expect((await run(['ls'], env)).stdout).toBe('plain npm ls\n');
    expect((await run(['install'], { ...env, [INSIDE]: insideMark({}) })).stdout).toBe('plain npm install\n');
  });

  it('starts nothing that needs the guard where the guard is gone, and says how to get it back', async () => {
    const { shims, plain, run } = setUp({ withGuard: false });
    const { status, stdout, stderr } = await run(['install', 'x']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(`"${plain}/npx" --yes phantom-guard-install init --global`);
    expect(stderr).toContain(`rm -r "${shims}"`);
    expect((await run(['ls'])).stdout).toBe('plain npm ls\n');
  });

  it('is nobody’s npm to the guard either', async () => {
    const { shims, plain, root } = setUp();
    const linked = path.join(root, 'linked');
    symlinkSync(shims, linked);
    const PATH = `${shims}:${linked}:${plain}`;
    expect(await findProgram('npm', { PATH })).toBe(path.join(plain, 'npm'));
  });

  it.each([
    ['sh', []],
    ['dash', []],
    ['bash', ['--posix']],
    ['bash', []],
    ['busybox', ['sh']],
    ['zsh', ['--emulate', 'sh']],
  ])('runs in %s %j', async (shell, args) => {
    const file = ['/bin', '/usr/bin']
      .map((folder) => path.join(folder, shell))
      .find((one) => existsSync(one));
    if (file === undefined) {
      process.stderr.write(`skipped: there is no ${shell} on this machine\n`);
      return;
    }
    const { shims, plain, root } = setUp();
    const env = { PATH: `${shims}:${plain}:${SYSTEM}` };
    const run = (...words: readonly string[]) =>
      runProcess(file, [...args, path.join(shims, 'npm'), ...words], { cwd: root, env });
    expect(await run('ls', '--json')).toMatchObject({
      status: 0,
      stdout: 'plain npm ls --json\n',
      stderr: '',
    });
    expect(await run('audit', 'fix')).toMatchObject({
      status: 0,
      stdout: 'guard npm audit fix\n',
      stderr: '',
    });
  });
});

describe.each(managers().managers.filter(({ version }) => version === managers().managers[0]?.version))(
  'npm $version behind the shims of init --global',
  (manager) => {
    const [HEALTHY, SQUAT] = ['zq-shim-healthy', 'zq-shim-squat'];
    let registry: TarballRegistry;
    let home: string;
    beforeAll(async () => {
      const versions = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`1.${index}.0`, {}]));
      registry = await startTarballRegistry([
        { name: HEALTHY, ageDays: 2_000, versions },
        { name: SQUAT, ageDays: 1, versions: { '1.0.0': {} }, repository: null },
      ]);
      home = temporary('home');
      await runInit(['--global', '--yes'], { cwd: home, home });
    });
    afterAll(() => registry.close());

    function npm(words: string, cwd: string) {
      const guard = path.join(home, '.local/share/phantom-guard');
      const env = {
        ...managerEnv(manager, { home, registry: registry.url }),
        PHANTOM_GUARD_CACHE_DIR: path.join(home, 'facts'),
        PATH: `${path.join(guard, 'shims')}:${launcherDir(manager)}:${SYSTEM}`,
      };
      return runProcess('/bin/sh', ['-c', words], { cwd, env });
    }

    it('refuses what is invented or fresh before a tarball is asked for, and installs what is healthy', async () => {
      const cwd = writeProject({ 'package.json': { name: 'project', version: '1.0.0' } });
      for (const words of [
        `npm i ${SQUAT}`,
        'npm install express-jsonwebtoken-guard',
        `npx --yes ${SQUAT}`,
      ]) {
        const { status, stderr } = await npm(words, cwd);
        expect([words, status]).toEqual([words, 1]);
        expect(stderr).toContain('BLOCKED');
      }
      expect(registry.requestedTarballs()).toEqual([]);
      expect(readdirSync(cwd)).toEqual(['package.json']);
      const { status } = await npm(`npm install ${HEALTHY}`, cwd);
      expect(status).toBe(0);
      expect(existsSync(path.join(cwd, 'node_modules', HEALTHY))).toBe(true);
    }, 60_000);

    it('says the same as without them where it only reads', async () => {
      const cwd = writeProject({
        'package.json': { name: 'project', version: '1.0.0' },
        'package-lock.json': packageLock({}),
      });
      const shimmed = await npm('npm ls --json', cwd);
      const plain = await runProcess(manager.node, [manager.cli, 'ls', '--json'], {
        cwd,
        env: managerEnv(manager, { home, registry: registry.url }),
      });
      expect([shimmed.status, shimmed.stdout]).toEqual([plain.status, plain.stdout]);
    });

    it('guards what a script of npm run installs', async () => {
      const cwd = writeProject({
        'package.json': { name: 'project', version: '1.0.0', scripts: { add: `npm install ${SQUAT}` } },
      });
      registry.reset();
      const { status, stderr } = await npm('npm run add', cwd);
      expect(status).toBe(1);
      expect(stderr).toContain('BLOCKED');
      expect(registry.requestedTarballs()).toEqual([]);
    });
  },
);

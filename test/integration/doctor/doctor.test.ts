import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/main.js';
import type { Diagnosis } from '../../../src/doctor/diagnose.js';
import { fakeIo } from '../../support/fake-io.js';
import type { Manager } from '../../support/managers.js';
import { packageLock, writeProject } from '../../support/projects.js';
import { copyGuard, temporaryFolder, wiredUser } from '../../support/wired-user.js';

type Answer = Diagnosis & {
  readonly schemaVersion: number;
  readonly npm: { readonly version: string | null };
  readonly error?: { readonly code: string };
};
type Files = Readonly<Record<string, string | object>>;

const npms = mkdtempSync(path.join(tmpdir(), 'phantom-guard-npms-'));
afterAll(() => rmSync(npms, { recursive: true, force: true }));

/** An npm of any version, as an installation of Node has it: nothing of it needs to run. */
function installedNpm(version: string): Manager {
  const folder = path.join(npms, version, 'npm');
  mkdirSync(path.join(folder, 'bin'), { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'npm', version }));
  const [cli, npxCli] = ['npm-cli.js', 'npx-cli.js'].map((name) => path.join(folder, 'bin', name));
  for (const file of [cli, npxCli]) writeFileSync(String(file), '#!/bin/sh\nexit 9\n', { mode: 0o755 });
  const [major, node] = [Number.parseInt(version, 10), process.execPath];
  return {
    name: 'npm',
    version: `${version} of doctor`,
    major,
    node,
    cli: String(cli),
    npxCli: String(npxCli),
    nodeVersion: '20',
  };
}

async function doctor(env: Readonly<Record<string, string>>, cwd = temporaryFolder()) {
  const fake = fakeIo({ cwd, env });
  const { status } = await main(['doctor', '--format', 'json'], { ...fake.io, home: env['HOME'] ?? '/' });
  const answer = JSON.parse(fake.stdout()) as Answer;
  const codes = (answer.findings ?? []).map(({ code }) => code);
  const levels = Object.fromEntries((answer.ways ?? []).map(({ way, level, by }) => [way, `${level} ${by}`]));
  return { status, answer, codes, levels };
}

function hookFiles(guarded: Files = {}): Files {
  return {
    'package.json': { name: 'hooked', scripts: { preinstall: 'node .phantom-guard/preinstall.cjs && true' } },
    'package-lock.json': packageLock({}),
    '.npmrc': 'strict-allow-scripts=true\n',
    ...guarded,
  };
}

function hookedProject(files: Files = {}): string {
  const project = writeProject(hookFiles(files));
  cpSync('hooks/preinstall.cjs', path.join(project, '.phantom-guard/preinstall.cjs'));
  return project;
}

const RECORD = { version: '0.1.0', integrity: `sha512-${'A'.repeat(86)}==` };
const LOCKED = { version: '1.0.0', resolved: 'https://registry.example.test/zq-a/-/zq-a-1.0.0.tgz' };

describe('doctor', () => {
  it('finds nothing guarded on a fresh machine, which is an error in CI only', async () => {
    const { env } = wiredUser(installedNpm('11.21.2'));
    const project = writeProject({ 'package.json': { name: 'p' }, 'package-lock.json': packageLock({}) });
    const { status, answer, levels } = await doctor(env, project);
    expect(answer).toMatchObject({ schemaVersion: 1, npm: { version: '11.21.2' }, status: 'not-guarded' });
    expect({ status, level: levels['npm ci'] }).toEqual({ status: 0, level: 'not stopped null' });
    const inCi = await doctor({ ...env, CI: 'true' }, project);
    expect(inCi.status).toBe(1);
    expect(inCi.codes).toEqual(['CI_UNGUARDED']);
    expect((await doctor({ ...env, CI: 'false' }, project)).status).toBe(0);
  });

  it('sees shims, and that they lead nowhere without their guard', async () => {
    const { env, home, places } = wiredUser(installedNpm('11.21.2'), { shims: true });
    writeFileSync(path.join(home, '.bashrc'), '. env.sh # phantom-guard-install\n');
    const wired = await doctor({ ...env, CI: '1' });
    expect(wired).toMatchObject({ status: 0, codes: [], levels: { 'npm install X': 'T0 shim' } });
    rmSync(path.join(places.guard, 'dist'), { recursive: true });
    const broken = await doctor(env);
    expect(broken).toMatchObject({
      codes: ['SHIM_WITHOUT_GUARD'],
      levels: { 'npm install X': 'not stopped null' },
    });
  });

  it('follows a shim to the guard that it names', async () => {
    const { env, places } = wiredUser(installedNpm('11.21.2'), { shims: true });
    writeFileSync(
      path.join(places.shims, 'npm'),
      `#!/bin/sh\n# phantom-guard-install shim\nguard='/nonexistent'\n`,
    );
    expect((await doctor(env)).codes).toContain('SHIM_WITHOUT_GUARD');
  });

  it('tells which shells would find shims that are not on this PATH', async () => {
    const npm = installedNpm('11.21.2');
    const { env, home, places } = wiredUser(npm, { shims: true });
    const without = { ...env, PATH: env.PATH.replace(`${places.shims}:`, '') };
    const messageOf = async (extra = {}) =>
      (await doctor({ ...without, ...extra })).answer.findings.find(
        ({ code }) => code === 'SHIM_NOT_ON_PATH',
      );
    expect((await messageOf())?.message).toContain('a script of bash, sh, zsh started from here');
    writeFileSync(path.join(home, '.zshenv'), '. env.sh # phantom-guard-install made this file\n');
    const forZsh = await messageOf({ BASH_ENV: path.join(home, '.zshenv') });
    expect(forZsh?.message).toContain('a script of sh started from here');
    expect(forZsh?.file).toBe(path.join(home, '.zshenv'));
    const shadowed = await doctor({ ...env, PATH: `${without.PATH}:${places.shims}` });
    expect(shadowed.codes).toContain('SHIM_SHADOWED');
  });

  it('knows who decides script-shell', async () => {
    const { env, places } = wiredUser(installedNpm('10.9.9'), { gate: true });
    const plain = writeProject({ 'package.json': { name: 'p' } });
    expect((await doctor(env, plain)).levels).toMatchObject({
      'npm ci': 'T2 script gate',
      'npx X, npm exec X': 'not stopped null',
    });
    const hostile = writeProject({ 'package.json': { name: 'p' }, '.npmrc': 'script-shell=/bin/sh\n' });
    const replaced = await doctor(env, hostile);
    expect(replaced.codes).toEqual(['PROJECT_SCRIPT_SHELL', 'GATE_REPLACED']);
    expect(replaced.levels).toMatchObject({
      'npm ci': 'not stopped null',
      'npm install -g X': 'T2 script gate',
    });
    const byVariable = await doctor({ ...env, npm_config_script_shell: places.scriptShell }, hostile);
    expect(byVariable.codes).toEqual(['PROJECT_SCRIPT_SHELL']);
    expect(byVariable.levels['npm ci']).toBe('T2 script gate');
    chmodSync(places.scriptShell, 0o644);
    if (process.getuid?.() !== 0) expect((await doctor(env, plain)).codes).toEqual(['GATE_MISSING']);
    rmSync(places.scriptShell);
    expect((await doctor(env, plain)).codes).toEqual(['GATE_MISSING']);
  });

  it('reads the hooks of a project, and where they find the guard', async () => {
    const { env, home, places } = wiredUser(installedNpm('12.2.0'));
    const recorded = hookedProject({ 'phantom-guard.lock.json': RECORD });
    expect(await doctor(env, recorded)).toMatchObject({ codes: [], levels: { 'npm ci': 'T0 preinstall' } });
    const lost = hookedProject({ 'phantom-guard.lock.json': '{"version":"^1"}' });
    expect((await doctor(env, lost)).codes).toEqual(['PREINSTALL_WITHOUT_GUARD', 'RECORD_INVALID']);
    mkdirSync(path.join(lost, 'node_modules'), { recursive: true });
    symlinkSync(path.resolve('.'), path.join(lost, 'node_modules/phantom-guard-install'));
    expect((await doctor(env, lost)).codes).toContain('PREINSTALL_WITHOUT_GUARD');
    copyGuard(places.guard);
    expect((await doctor(env, lost)).codes).toEqual(['RECORD_INVALID']);
    writeFileSync(path.join(recorded, '.phantom-guard/preinstall.cjs'), 'process.exit(0);\n');
    expect(await doctor({ ...env, HOME: home }, recorded)).toMatchObject({
      codes: ['PREINSTALL_FILE_MODIFIED'],
      levels: { 'npm ci': 'not stopped null' },
    });
  });

  it('says that the hook comes too late on npm 11', async () => {
    const { env } = wiredUser(installedNpm('11.21.2'));
    const { codes, levels } = await doctor(env, hookedProject({ 'phantom-guard.lock.json': RECORD }));
    expect(codes).toEqual(['PREINSTALL_TOO_LATE']);
    expect(levels['npm ci']).toBe('after the fact preinstall');
  });

  it.each<[string, Files, readonly string[]]>([
    [
      'entries without integrity',
      { 'package-lock.json': packageLock({ 'node_modules/zq-a': LOCKED }) },
      ['LOCKFILE_WITHOUT_INTEGRITY'],
    ],
    [
      'version 1',
      { 'package-lock.json': { name: 'p', lockfileVersion: 1, dependencies: {} } },
      ['LOCKFILE_VERSION_1'],
    ],
    ['no JSON', { 'package-lock.json': '{' }, ['TREE_UNREADABLE']],
    [
      'a lockfile that lists nothing of what is asked for',
      {
        'package.json': { name: 'p', dependencies: { 'zq-a': 'file:../zq-a' } },
        'package-lock.json': packageLock({ 'node_modules/zq-a': { resolved: '../zq-a', link: true } }),
      },
      ['EVERYTHING_UNCHECKED'],
    ],
    ['a broken configuration', { 'phantom-guard.config.json': '{ "failOn": 7 }' }, ['CONFIG_INVALID']],
    ['pnpm', { 'package.json': { name: 'p', packageManager: 'pnpm@10.0.0' } }, ['PNPM_UNGUARDED']],
    ['pnpm of no known version', { 'pnpm-workspace.yaml': 'packages: []' }, ['PNPM_UNGUARDED']],
    [
      'a .npmrc that looks elsewhere',
      {
        '.npmrc':
          'registry=http://127.0.0.1:9/\n@zq:registry=http://127.0.0.1:9/\nnoproxy=*\npackage-lock=false\nignore-scripts=true\n',
      },
      [
        'IGNORE_SCRIPTS',
        'PROJECT_NO_LOCKFILE',
        'PROJECT_PROXY',
        'PROJECT_REGISTRY',
        'PROJECT_SCOPE_REGISTRY',
      ],
    ],
  ])('finds %s', async (_, files, codes) => {
    const { env } = wiredUser(installedNpm('11.21.2'));
    const found = await doctor(env, writeProject({ 'package.json': { name: 'p' }, ...files }));
    expect(found.codes.toSorted()).toEqual(codes);
  });

  it('reports who calls the guard, and takes only what judges for a guard', async () => {
    const env = { ...wiredUser(installedNpm('11.21.2')).env, CI: '1' };
    const project = (run: string) =>
      writeProject({
        'package.json': { name: 'p', scripts: { ok: 'echo' } },
        'package-lock.json': packageLock({}),
        '.github/workflows/ci.yml': `jobs:\n  a:\n    steps:\n      - run: ${run}\n`,
      });
    const called = await doctor(env, project('npx phantom-guard-install@0.1.0 --quiet npm ci'));
    expect(called).toMatchObject({ status: 0, answer: { calledIn: ['.github/workflows/ci.yml'] } });
    for (const run of [
      'phantom-guard-install doctor',
      'npm i -g phantom-guard-install',
      '# phantom-guard-install npm ci',
      'npx my-phantom-guard-install-not',
    ])
      expect((await doctor(env, project(run.startsWith('#') ? `x\n${run}` : run))).status).toBe(1);
  });

  it('asks an npm whose folder it can not tell for its version', async () => {
    const bin = temporaryFolder('manager');
    writeFileSync(path.join(bin, 'npm'), '#!/bin/sh\necho 9.1.2\n', { mode: 0o755 });
    const { answer, codes } = await doctor({ HOME: temporaryFolder(), PATH: `${bin}:/bin` });
    expect(answer.npm.version).toBe('9.1.2');
    expect(codes).toEqual(['NPM_VERSION']);
  });

  it('says so where there is no npm, and ends with 2 where it can not read the configuration or is asked for more', async () => {
    const none = await doctor({ HOME: temporaryFolder(), PATH: temporaryFolder() });
    expect(none).toMatchObject({ status: 0, codes: ['NPM_MISSING'], levels: {} });
    const { env, home } = wiredUser(installedNpm('11.21.2'));
    mkdirSync(path.join(home, '.npmrc'));
    expect(await doctor(env)).toMatchObject({
      status: 2,
      answer: { error: { code: 'REGISTRY_CONFIG_INVALID' } },
    });
    const { io } = fakeIo();
    expect((await main(['doctor', 'more'], io)).status).toBe(2);
  });
});

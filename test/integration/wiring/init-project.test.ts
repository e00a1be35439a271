import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installedIntegrity } from '../../../src/wiring/hidden-lockfile.js';
import { FINDER } from '../../../src/wiring/hook-file.js';
import { runningPackage } from '../../../src/wiring/package-root.js';
import { launcherDir, managers } from '../../support/managers.js';
import { packageLock, writeProject } from '../../support/projects.js';
import { startTarballRegistry, type TarballRegistry } from '../../support/tarball-registry.js';
import { runInit, snapshot } from '../../support/wiring.js';

const { version } = runningPackage();
const MANIFEST = '{\n  "name": "project",\n  "private": true\n}\n';
const RECORD = 'phantom-guard.lock.json';

let registry: TarballRegistry;
beforeAll(async () => {
  registry = await startTarballRegistry([
    { name: 'phantom-guard-install', ageDays: 100, versions: { [version]: {} } },
  ]);
});
afterAll(() => registry.close());

/** A folder with an executable `npm` that says this version. */
function fakeNpm(says: string): string {
  const folder = temporary('npm');
  writeFileSync(path.join(folder, 'npm'), `#!/bin/sh\necho ${says}\n`);
  chmodSync(path.join(folder, 'npm'), 0o755);
  return folder;
}

function temporary(what: string): string {
  return mkdtempSync(path.join(tmpdir(), `phantom-guard-${what}-`));
}

type Given = {
  readonly files?: Readonly<Record<string, string | object>>;
  readonly npm?: string;
};

function project({ files = {}, npm = fakeNpm('10.9.9') }: Given = {}) {
  const cwd = writeProject({ 'package.json': MANIFEST, ...files });
  const home = temporary('home');
  const env = {
    npm_config_registry: registry.url,
    PATH: `${npm}:/usr/bin:/bin`,
    PHANTOM_GUARD_CACHE_DIR: path.join(home, 'cache'),
  };
  const init = (words: readonly string[], answer?: string) =>
    runInit(words, { cwd, home, env, ...(answer === undefined ? {} : { answer }) });
  const read = (name: string) => readFileSync(path.join(cwd, name), 'utf8');
  return { cwd, home, env, init, read };
}

describe('init in a project', () => {
  it('shows the change, and writes it with --yes', async () => {
    const { cwd, init, read } = project();
    chmodSync(path.join(cwd, 'package.json'), 0o640);
    const { status, stdout } = await init(['--yes']);
    expect(status).toBe(0);
    expect(stdout).toContain('+++ .phantom-guard/preinstall.cjs');
    expect(stdout).toContain('+    "preinstall": "node .phantom-guard/preinstall.cjs"');
    expect(stdout).toContain('Wired.');
    expect(stdout).toContain('init --global');
    expect(JSON.parse(read('package.json')).scripts).toEqual({
      preinstall: 'node .phantom-guard/preinstall.cjs',
    });
    expect(statSync(path.join(cwd, 'package.json')).mode & 0o777).toBe(0o640);
    expect(read('.phantom-guard/preinstall.cjs')).toBe(readFileSync('hooks/preinstall.cjs', 'utf8'));
    expect(read('.phantom-guard/preinstall.cjs').startsWith(FINDER.header)).toBe(true);
    const { integrity } = registry.lockEntry('phantom-guard-install', version);
    expect(JSON.parse(read(RECORD))).toEqual({ version, integrity });
  });

  it('changes nothing the second time', async () => {
    const { cwd, init } = project();
    await init(['--yes']);
    const before = snapshot(cwd);
    const { status, stdout } = await init([]);
    expect(status).toBe(0);
    expect(stdout).toContain('Already wired');
    expect(snapshot(cwd)).toEqual(before);
  });

  it.each([
    ['tabs', '{\n\t"name": "p",\n\t"scripts": {\n\t\t"preinstall": "a || b"\n\t}\n}'],
    ['CRLF and a byte order mark', '\uFEFF{\r\n  "name": "p",\r\n  "scripts": {}\r\n}\r\n'],
    ['one line', '{"name":"p"}'],
  ])('and --undo leave a project with %s byte for byte as it was', async (_, manifest) => {
    const { cwd, init } = project({
      files: {
        'package.json': manifest,
        'package-lock.json': packageLock({}),
        '.npmrc': '\uFEFFfund=false\r\n[x]',
      },
      npm: fakeNpm('11.16.0'),
    });
    const before = snapshot(cwd);
    expect(await init(['--yes'])).toMatchObject({ status: 0 });
    expect(snapshot(cwd)).not.toEqual(before);
    expect(snapshot(cwd)['.npmrc']).toContain('strict-allow-scripts=true');
    const { status, stdout } = await init(['--undo', '--yes']);
    expect(status).toBe(0);
    expect(stdout).toContain('Taken out.');
    expect(snapshot(cwd)).toEqual(before);
    expect((await init(['--undo'])).stdout).toContain('nothing to take out');
  });

  it('asks at a terminal, and writes only after a yes', async () => {
    const { cwd, init } = project();
    const before = snapshot(cwd);
    const refused = await init([], 'n\n');
    expect(refused.stderr).toContain('Write this? [y/N]');
    expect(refused).toMatchObject({ status: 2, stdout: expect.stringContaining('Nothing was written.') });
    expect(await init([], '')).toMatchObject({ status: 2 });
    expect(snapshot(cwd)).toEqual(before);
    expect(await init([], 'y\n')).toMatchObject({ status: 0 });
    expect(existsSync(path.join(cwd, RECORD))).toBe(true);
  });

  it('writes nothing where nobody can be asked', async () => {
    const { cwd, init } = project();
    const before = snapshot(cwd);
    const { status, stdout, stderr } = await init([]);
    expect(status).toBe(2);
    expect(stdout).toContain('+++ package.json');
    expect(stderr).toContain('--yes');
    expect(snapshot(cwd)).toEqual(before);
  });

  it('prints one JSON document', async () => {
    const { init } = project();
    const { stdout, stderr } = await init(['--yes', '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      tool: { name: 'phantom-guard-install' },
      init: { status: 'wired', scope: 'project' },
    });
    expect(JSON.parse(stdout).init.changes).toMatchObject([
      { change: 'added', path: expect.stringContaining('preinstall.cjs') },
      { change: 'added', path: expect.stringContaining(RECORD) },
      { change: 'changed', path: expect.stringContaining('package.json') },
      { change: 'added', path: expect.stringContaining('/pnpmfile.cjs') },
      { change: 'added', path: expect.stringContaining('/.pnpmfile.cjs') },
    ]);
    expect(stderr).toContain('+++ package.json');
    const none = await init(['--format', 'json']);
    expect(JSON.parse(none.stdout)).toMatchObject({ init: { status: 'already-wired', changes: [] } });
  });

  it.each([
    [{ 'package.json': { packageManager: 'yarn@4.0.0' } }, 'UNSUPPORTED_MANAGER'],
    [{ 'bun.lock': '' }, 'UNSUPPORTED_MANAGER'],
    [{ 'package.json': '{"scripts":1}' }, 'MANIFEST_UNREADABLE'],
    [{ 'package.json': 'no' }, 'MANIFEST_UNREADABLE'],
    [{ '.phantom-guard/preinstall.cjs': 'process.exit(0)' }, 'USAGE'],
  ])('refuses %j with %s', async (files, code) => {
    const { cwd, init } = project({ files });
    const before = snapshot(cwd);
    const { status, stderr } = await init(['--yes']);
    expect(status).toBe(2);
    expect(stderr).toContain(code);
    expect(snapshot(cwd)).toEqual(before);
  });

  it('refuses a folder without package.json, and operands', async () => {
    const home = temporary('home');
    expect(await runInit(['--yes'], { cwd: home, home })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('NO_PROJECT'),
    });
    expect(await runInit(['x'], { cwd: home, home })).toMatchObject({ status: 2 });
  });

  it('keeps what is not its own when it is taken out', async () => {
    const { init, cwd, read } = project();
    await init(['--yes']);
    writeFileSync(path.join(cwd, RECORD), '{"version":"1.0.0","integrity":"x","more":1}');
    writeFileSync(path.join(cwd, '.phantom-guard/preinstall.cjs'), 'mine');
    writeFileSync(path.join(cwd, '.npmrc'), 'strict-allow-scripts=true\n');
    const { stdout } = await init(['--undo', '--yes']);
    expect(stdout).toContain('phantom-guard.lock.json has other keys');
    expect(stdout).toContain("is not this program's");
    expect(read('package.json')).toBe(MANIFEST);
    expect(read(RECORD)).toContain('more');
    expect(read('.phantom-guard/preinstall.cjs')).toBe('mine');
    expect(read('.npmrc')).toBe('strict-allow-scripts=true\n');
  });

  it('writes through links', async () => {
    const { cwd, init } = project();
    const real = path.join(temporary('elsewhere'), 'package.json');
    writeFileSync(real, MANIFEST);
    const link = path.join(writeProject({}), 'package.json');
    symlinkSync(real, link);
    expect(cwd).not.toBe(path.dirname(link));
    const home = temporary('home');
    expect(await runInit(['--yes', '--offline'], { cwd: path.dirname(link), home })).toMatchObject({
      status: 0,
    });
    expect(readFileSync(real, 'utf8')).toContain('preinstall');
    expect(snapshot(path.dirname(link))['package.json']).toBe(`-> ${real}`);
    expect(await init(['--undo'])).toMatchObject({ status: 0 });
  });
});

describe('the record for clones', () => {
  it('is not made up where nobody knows the integrity', async () => {
    const { cwd, home } = project();
    const { status, stdout } = await runInit(['--yes', '--offline'], { cwd, home });
    expect(status).toBe(0);
    expect(existsSync(path.join(cwd, RECORD))).toBe(false);
    expect(stdout).toContain('phantom-guard.lock.json is not written');
    expect(stdout).toContain('npm install --ignore-scripts --prefix');
  });

  it('is kept without a question when it is right, and replaced when it is of another version', async () => {
    const { init, cwd, read } = project();
    await init(['--yes']);
    const right = read(RECORD);
    registry.reset();
    await init(['--yes']);
    expect(registry.requests).toEqual([]);
    writeFileSync(path.join(cwd, RECORD), right.replace(version, '0.0.1'));
    expect(await init(['--yes'])).toMatchObject({ status: 0 });
    expect(read(RECORD)).toBe(right);
  });

  it('comes from the hidden lockfile beside the running package first', async () => {
    const modules = path.join(temporary('modules'), 'node_modules');
    const root = path.join(modules, 'phantom-guard-install');
    mkdirSync(root, { recursive: true });
    const integrity = `sha512-${createHash('sha512').digest('base64')}`;
    const write = (entry: object | string) =>
      writeFileSync(
        path.join(modules, '.package-lock.json'),
        typeof entry === 'string'
          ? entry
          : JSON.stringify({ packages: { 'node_modules/phantom-guard-install': entry } }),
      );
    expect(await installedIntegrity({ root, version })).toBeNull();
    write({ version, integrity });
    expect(await installedIntegrity({ root, version })).toBe(integrity);
    expect(await installedIntegrity({ root, version: '9.9.9' })).toBeNull();
    write({ version, integrity: 'sha1-x' });
    expect(await installedIntegrity({ root, version })).toBeNull();
    write('{');
    expect(await installedIntegrity({ root, version })).toBeNull();
    expect(await installedIntegrity({ root: '/elsewhere', version })).toBeNull();
  });
});

describe('strict-allow-scripts', () => {
  const LOCK = packageLock({
    'node_modules/zq-native': {
      version: '1.0.0',
      resolved: 'https://registry.npmjs.org/zq-native/-/zq-native-1.0.0.tgz',
      hasInstallScript: true,
    },
  });
  const npm11 = fakeNpm('11.16.0');

  it.each([
    [{ 'package-lock.json': packageLock({}) }, npm11, 'true', ''],
    [{ 'package-lock.json': packageLock({}) }, fakeNpm('11.15.9'), null, '11.15.9 does not know it'],
    [{ 'package-lock.json': packageLock({}) }, fakeNpm('nonsense'), null, 'no npm was found'],
    [{}, npm11, null, 'there is no lockfile'],
    [{ 'package-lock.json': LOCK }, npm11, null, 'zq-native@1.0.0'],
    [{ '.npmrc': 'strict-allow-scripts=false\n' }, npm11, 'false', 'sets it to false'],
    [
      { 'package-lock.json': LOCK, 'package.json': { allowScripts: { 'zq-native': true } } },
      npm11,
      'true',
      '',
    ],
  ] as const)('with %o is told and set right', async (files, npm, value, told) => {
    const { cwd, init } = project({ files, npm });
    const { stdout } = await init(['--yes']);
    const npmrc = snapshot(cwd)['.npmrc'] ?? '';
    expect(/^strict-allow-scripts=(.*)$/m.exec(npmrc)?.[1] ?? null).toBe(value);
    expect(stdout).toContain(told);
  });

  it.each(managers().managers.map((manager) => [manager.version, manager] as const))(
    'is known by npm %s as its own files say, without starting it',
    async (npmVersion, manager) => {
      const { cwd, init } = project({
        files: { 'package-lock.json': packageLock({}) },
        npm: launcherDir(manager),
      });
      await init(['--yes']);
      expect(existsSync(path.join(cwd, '.npmrc'))).toBe(Number.parseInt(npmVersion, 10) >= 11);
    },
  );
});

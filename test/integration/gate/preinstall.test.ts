import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installGuard } from '../../support/installed-guard.js';
import type { Manager } from '../../support/managers.js';
import { runProcess } from '../../support/run-process.js';
import type { TarballRegistry } from '../../support/tarball-registry.js';
import { marking, npms, PREINSTALL, type Project, runNpm, serve, writeProject } from './support.js';

const ROOT = path.resolve('.');
let registry: TarballRegistry;
beforeAll(async () => {
  registry = await serve([
    { name: 'phantom-guard-install' },
    { name: 'zq-healthy', manifest: { scripts: { install: marking('zq-healthy') } } },
    { name: 'zq-bad', bad: true, manifest: { scripts: { install: marking('zq-bad') } } },
    { name: 'zq-parent', manifest: { dependencies: { 'zq-bad': '*' } } },
  ]);
});
afterAll(async () => registry.close());

/** A project whose preinstall script is ours, without the script gate. */
function project(dependencies: Record<string, string>, files: Record<string, string | object> = {}): Project {
  const scripts = { preinstall: `node "${PREINSTALL}"` };
  return writeProject(
    registry.url,
    { 'package.json': { name: 'p', version: '1.0.0', scripts, dependencies }, ...files },
    [],
  );
}

function installForUser({ home }: Project): void {
  installGuard(path.join(home, '.local/share/phantom-guard'));
}

describe.each(npms(10, 11))('preinstall on npm $version', (npm: Manager) => {
  it('says that it comes late, and fails the install for what landed', async () => {
    const one = project({ 'zq-parent': '*' });
    installForUser(one);
    const { status, stdout, stderr } = await runNpm(npm, one, ['install', '--foreground-scripts']);
    expect(stderr).toContain(`npm ${npm.version} runs this script after`);
    expect(stderr).toContain('BLOCKED  zq-bad');
    expect(stdout).not.toContain('BLOCKED');
    expect([status, one.marks()]).toEqual([1, ['zq-bad']]);
  });

  it('lets a healthy project pass', async () => {
    const one = project({ 'zq-healthy': '*' });
    installForUser(one);
    expect((await runNpm(npm, one, ['install'])).status).toBe(0);
    expect(one.marks()).toEqual(['zq-healthy']);
  });
});

describe.each(npms(12))('preinstall on npm $version', (npm: Manager) => {
  it('is a gate: nothing is unpacked', async () => {
    const lock = project({ 'zq-parent': '*' });
    installForUser(lock);
    await runNpm(npm, lock, ['install', '--package-lock-only', '--ignore-scripts']);
    for (const command of ['install', 'ci']) {
      const { status, stderr } = await runNpm(npm, lock, [command, '--foreground-scripts']);
      expect(stderr).toContain('BLOCKED  zq-bad');
      expect(stderr).not.toContain('after it installed');
      expect(status).toBe(1);
      expect(existsSync(path.join(lock.directory, 'node_modules/zq-parent'))).toBe(false);
    }
    const direct = project({ 'zq-bad': '*' });
    installForUser(direct);
    expect((await runNpm(npm, direct, ['install'])).status).toBe(1);
    expect(direct.read('node_modules/zq-bad/package.json')).toBe(null);
  });

  it('lets a healthy project pass', async () => {
    const one = project({ 'zq-healthy': '*' });
    installForUser(one);
    expect((await runNpm(npm, one, ['install'])).status).toBe(0);
    expect(one.read('node_modules/zq-healthy/package.json')).not.toBe(null);
  });
});

describe('hooks/preinstall.cjs', () => {
  const find = (one: Project, env: Record<string, string> = {}) =>
    runProcess(process.execPath, [PREINSTALL], {
      cwd: one.directory,
      env: { PATH: process.env['PATH'] ?? '', HOME: one.home, npm_config_registry: one.registry, ...env },
    });

  it('ends with 2 and the command that helps where there is no guard', async () => {
    const { status, stdout, stderr } = await find(project({}));
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain('npm install --ignore-scripts --prefix');
  });

  it('takes the project’s guard, or the user’s, or that of PHANTOM_GUARD_HOME; stdout stays empty', async () => {
    const own = project({});
    installGuard(own.directory);
    const users = project({});
    installForUser(users);
    const named = project({});
    installGuard(path.join(named.home, 'elsewhere'));
    expect(await find(own)).toMatchObject({ status: 0, stdout: '' });
    expect(await find(users)).toMatchObject({ status: 0, stdout: '' });
    const env = { PHANTOM_GUARD_HOME: path.join(named.home, 'elsewhere') };
    expect(await find(named, env)).toMatchObject({ status: 0, stdout: '' });
    expect((await find(named, { PHANTOM_GUARD_HOME: 'elsewhere' })).status).toBe(2);
  });

  it('does not take one that is linked in from outside of the project', async () => {
    const one = project({});
    mkdirSync(path.join(one.directory, 'node_modules'));
    symlinkSync(ROOT, path.join(one.directory, 'node_modules/phantom-guard-install'));
    expect((await find(one)).status).toBe(2);
  });

  it('refuses a record that pins nothing', async () => {
    const one = project({}, { 'phantom-guard.lock.json': { version: '^1.0.0', integrity: 'sha512-x' } });
    const { status, stderr } = await find(one);
    expect(status).toBe(2);
    expect(stderr).toContain('names no exact version');
  });
});

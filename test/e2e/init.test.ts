import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placesOf } from '../../src/wiring/places.js';
import { managers, runNpm } from '../support/managers.js';
import { writeFiles, writeProject } from '../support/projects.js';
import { runProcess } from '../support/run-process.js';
import { startTarballRegistry, type TarballRegistry } from '../support/tarball-registry.js';
import { snapshot } from '../support/wiring.js';

const SQUAT = 'zq-init-squat';
let installed: string;
let registry: TarballRegistry;

/** The package as npm would publish it, in a node_modules folder. */
beforeAll(async () => {
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HOME: temporary(), npm_config_update_notifier: 'false' },
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  ) as [{ readonly files: readonly { readonly path: string }[] }];
  installed = path.join(temporary(), 'node_modules', 'phantom-guard-install');
  for (const { path: file } of packed.files) cpSync(file, path.join(installed, file));
  registry = await startTarballRegistry([
    { name: SQUAT, ageDays: 1, versions: { '1.0.0': {} }, repository: null },
    { name: 'zq-init-healthy', ageDays: 2_000, versions: { '1.0.0': {}, '1.1.0': {}, '1.2.0': {} } },
  ]);
});
afterAll(() => registry.close());

function temporary(): string {
  return mkdtempSync(path.join(tmpdir(), 'phantom-guard-init-'));
}

function environment(home: string) {
  return {
    PATH: '/usr/bin:/bin',
    HOME: home,
    npm_config_registry: registry.url,
    PHANTOM_GUARD_CACHE_DIR: path.join(home, '..', `${path.basename(home)}-cache`),
  };
}

function cli(words: readonly string[], home: string, cwd = home) {
  return runProcess(process.execPath, [path.join(installed, 'dist/cli.js'), ...words], {
    cwd,
    env: environment(home),
  });
}

function files(home: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(snapshot(home)).filter(([, content]) => content !== '/'));
}

describe('init of the package as it is published', () => {
  it('--global, then again, then --undo', async () => {
    const home = temporary();
    writeFiles(home, { '.bashrc': 'a\n', '.npmrc': 'script-shell=/bin/sh' });
    const before = files(home);
    expect(await cli(['init', '--global', '--yes'], home)).toMatchObject({ status: 0 });
    expect((await cli(['init', '--global'], home)).stdout).toContain('Already wired');
    const { shims, guard } = placesOf({ HOME: home });
    expect(files(guard)).toEqual(files(installed));
    const shim = path.join(shims, 'npm');
    const { status, stderr } = await runProcess(shim, ['install', SQUAT], {
      cwd: writeProject({ 'package.json': {} }),
      env: environment(home),
    });
    expect(status).toBe(1);
    expect(stderr).toContain('BLOCKED');
    expect(registry.requestedTarballs()).toEqual([]);
    expect(await cli(['init', '--global', '--undo', '--yes'], home)).toMatchObject({ status: 0 });
    expect(files(home)).toEqual(before);
  });

  it('leaves every file as before or as planned when it is killed, and finishes the next time', async () => {
    const [home, whole] = [temporary(), temporary()];
    const given = { '.bashrc': 'a\n'.repeat(500), '.npmrc': 'script-shell=/bin/sh', '.profile': 'x' };
    for (const one of [home, whole]) writeFiles(one, given);
    const before = files(home);
    await cli(['init', '--global', '--yes'], whole);
    const planned = files(whole);
    for (const afterMs of [150, 220, 290, 360, 450]) {
      const child = spawn(
        process.execPath,
        [path.join(installed, 'dist/cli.js'), 'init', '--global', '--yes'],
        {
          cwd: home,
          env: environment(home),
          stdio: 'ignore',
        },
      );
      const ended = new Promise((resolve) => child.once('close', resolve));
      await wait(afterMs);
      child.kill('SIGKILL');
      await ended;
      for (const [name, content] of Object.entries(files(home))) {
        if (/\.phantom-guard-install-[0-9a-f]{12}\/|\.tmp$/.test(name)) continue;
        const allowed = [before[name], planned[name]?.replaceAll(whole, home)];
        expect([name, allowed.includes(content)]).toEqual([name, true]);
      }
    }
    expect(await cli(['init', '--global', '--yes'], home)).toMatchObject({ status: 0 });
    expect(await cli(['init', '--global', '--undo', '--yes'], home)).toMatchObject({ status: 0 });
    expect(Object.keys(files(home)).filter((name) => !name.endsWith('.tmp'))).toEqual(Object.keys(before));
    for (const [name, content] of Object.entries(before))
      expect(readFileSync(path.join(home, name), 'latin1')).toBe(content);
  });

  const npm12 = managers().managers.find(({ major }) => major === 12);
  it.skipIf(npm12 === undefined)('in a project stops npm 12 before anything is downloaded', async () => {
    if (npm12 === undefined) return;
    const home = temporary();
    await cli(['init', '--global', '--yes'], home);
    const manifest = {
      name: 'project',
      private: true,
      scripts: { preinstall: 'node -e "process.exitCode = 0"' },
    };
    const good = { ...manifest, dependencies: { 'zq-init-healthy': '1.2.0' } };
    const cwd = writeProject({ 'package.json': good });
    const run = () =>
      runNpm(npm12, ['install'], {
        cwd,
        home,
        registry: registry.url,
        env: {
          PHANTOM_GUARD_CACHE_DIR: path.join(home, 'facts'),
          PHANTOM_GUARD_OPTIONS: '--downloads-url none',
        },
      });
    expect(await cli(['init', '--yes', '--offline'], home, cwd)).toMatchObject({ status: 0 });
    const first = await run();
    expect([first.status, first.stderr]).toEqual([0, expect.anything()]);
    expect(existsSync(path.join(cwd, 'node_modules', 'zq-init-healthy'))).toBe(true);
    const bad = JSON.parse(readFileSync(path.join(cwd, 'package.json'), 'utf8'));
    writeFiles(cwd, { 'package.json': { ...bad, dependencies: { ...bad.dependencies, [SQUAT]: '1.0.0' } } });
    registry.reset();
    const second = await run();
    expect(second.status).not.toBe(0);
    expect(second.stderr).toContain('BLOCKED');
    expect(registry.requestedTarballs()).toEqual([]);
  });
});

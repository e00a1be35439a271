import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  closeRegistries,
  filesBelow,
  OWN,
  publishLie,
  publishSquat,
  SQUAT,
  startRegistry,
} from '../hostile/cache-world.js';
import { guardedUser, guardedWords, start } from '../support/guarded-process.js';
import { writeProject } from '../support/projects.js';
import { CLI, type CliRun, runCli } from '../support/run-cli.js';
import { runProcess } from '../support/run-process.js';

const SECRET = 'zq-secret-of-the-guarded-stage-0123456789';
const OTHER = 'zq-secret-of-somebody-else-0123456789';
const VARIABLE = 'PHANTOM_GUARD_CACHE_KEY';

afterEach(closeRegistries);

const temporary = (): string => mkdtempSync(path.join(tmpdir(), 'zq-key-'));

/** Keeps the key file out of the home of the account that runs the tests. */
const ownConfig = (home: string) => ({ XDG_CONFIG_HOME: path.join(home, '.config') });

/** Stages of one job: the same home and cache, and a secret only where it is given. */
async function stages() {
  const registry = await startRegistry();
  publishSquat(registry);
  const home = temporary();
  const project = writeProject({
    'package.json': { name: 'project', dependencies: { [SQUAT]: '*', [OWN]: '*' } },
  });
  const flags = ['--registry', registry.url, '--downloads-url', 'none', '--format', 'json'];
  return {
    home,
    project,
    registry,
    run: (words: readonly string[], env: Readonly<Record<string, string>>): Promise<CliRun> =>
      runCli([...words, ...flags], { cwd: project, env: { ...ownConfig(home), HOME: home, ...env } }),
  };
}

describe('a verdict that an earlier stage without the key has left', () => {
  it('is not believed, though a run with its key would believe it', async () => {
    const { registry, run } = await stages();
    publishLie(registry);
    for (let time = 0; time < 2; time++) await run(['check'], { [VARIABLE]: OTHER });
    publishSquat(registry);
    expect((await run(['check'], { [VARIABLE]: OTHER })).report().status).toBe('allowed');
    const guarded = await run(['check'], { [VARIABLE]: SECRET });
    expect([guarded.status, guarded.report().status]).toEqual([1, 'blocked']);
    expect(guarded.stderr).toContain('not sealed');
    expect((await run(['check'], {})).report().status).toBe('blocked');
  });
});

describe('the secret', () => {
  it('is in nothing that is printed or kept', async () => {
    const { home, run, project } = await stages();
    const runs = [
      await run(['check', '--verbose', '--all'], { [VARIABLE]: SECRET }),
      await run(['explain', OWN], { [VARIABLE]: SECRET }),
      await run(['doctor'], { [VARIABLE]: SECRET }),
      await run(['cache', 'verify'], { [VARIABLE]: SECRET }),
    ];
    for (const { stdout, stderr } of runs) expect(stdout + stderr).not.toContain(SECRET);
    const files = [...filesBelow(home), ...filesBelow(project)];
    expect(files.some((file) => file.includes('facts-v3'))).toBe(true);
    for (const file of files) expect(readFileSync(file, 'utf8')).not.toContain(SECRET);
    expect(existsSync(path.join(home, '.config'))).toBe(false);
  });

  it.each(['npm', 'pnpm'])('is not handed to %s, which hands its variables to scripts', async (manager) => {
    const { registry } = await stages();
    const tools = writeProject({ [manager]: '#!/bin/sh\nenv >> "$0.env"\nexit 1\n' });
    chmodSync(path.join(tools, manager), 0o755);
    const cwd = writeProject({ 'package.json': { name: 'project', version: '1.0.0' } });
    const PATH = [tools, process.env['PATH']].join(path.delimiter);
    const user = guardedUser(registry.url, { PATH, [VARIABLE]: SECRET });
    await start(guardedWords(manager, 'install'), { ...user, cwd }).ended;
    const seen = readFileSync(path.join(tools, `${manager}.env`), 'utf8');
    expect(seen).toContain('PHANTOM_GUARD_CACHE_DIR=');
    expect(seen).not.toContain(SECRET);
  });

  it('is gone from the variables of pnpm once its hook is loaded', () => {
    const script = `
      await import(${JSON.stringify(path.resolve('dist/pnpm-hook.js'))});
      process.stdout.write(String(process.env.${VARIABLE}));`;
    const env = { ...process.env, [VARIABLE]: SECRET };
    const words = ['--input-type=module', '-e', script];
    expect(execFileSync(process.execPath, words, { env, encoding: 'utf8' })).toBe('undefined');
  });

  it.skipIf(process.platform === 'win32')(
    'is kept by the script gate from scripts of an install',
    async () => {
      const home = temporary();
      const cwd = writeProject({ 'package.json': { name: 'project', version: '1.0.0' } });
      const env = {
        PATH: process.env['PATH'] ?? '',
        HOME: home,
        npm_node_execpath: process.execPath,
        npm_execpath: '/nowhere/npm-cli.js',
        npm_command: 'install',
        npm_lifecycle_event: 'postinstall',
        [VARIABLE]: SECRET,
      };
      const { status, stdout } = await runProcess(path.resolve('hooks/script-shell'), ['-c', 'env'], {
        cwd,
        env,
      });
      expect(status).toBe(0);
      expect(stdout).toContain('npm_command=install');
      expect(stdout).not.toContain(SECRET);
    },
  );
});

describe('a script that runs as the user while the guard does', () => {
  it.runIf(process.platform === 'linux')('is not kept from the secret nor from the key file', async () => {
    const { registry } = await stages();
    const read = `
      const { readFileSync, writeFileSync } = require('node:fs');
      let found = '';
      for (let pid = process.ppid; pid > 1; ) {
        if (readFileSync('/proc/' + pid + '/environ', 'utf8').includes('${SECRET}')) found = 'secret';
        pid = Number(readFileSync('/proc/' + pid + '/stat', 'utf8').split(') ').pop().split(' ')[1]);
      }
      writeFileSync('found', found + ' ' + readFileSync(process.env.XDG_CONFIG_HOME + '/phantom-guard/cache.key').length);`;
    const cwd = writeProject({
      'package.json': { name: 'project', version: '1.0.0', scripts: { postinstall: 'node read.cjs' } },
      'read.cjs': read,
    });
    const guarded = guardedUser(registry.url);
    const user = { ...guarded, env: { ...guarded.env, ...ownConfig(guarded.home) } };
    const flags = ['--registry', registry.url, '--downloads-url', 'none', '--no-data'];
    await runProcess(process.execPath, [CLI, 'validate', OWN, ...flags], { cwd, env: user.env });
    const env = { ...user.env, [VARIABLE]: SECRET };
    const { status } = await start(guardedWords('npm', 'install'), { cwd, env }).ended;
    expect(status).toBe(0);
    expect(readFileSync(path.join(cwd, 'found'), 'utf8')).toBe('secret 32');
  });
});

describe('the key file', () => {
  it('is one for eight processes that make it at once, for this user alone', async () => {
    const { home, run } = await stages();
    const runs = await Promise.all(Array.from({ length: 8 }, () => run(['check'], {})));
    for (const { status, stderr } of runs) expect([status, stderr]).toEqual([1, '']);
    const folder = path.join(home, '.config/phantom-guard');
    expect(readdirSync(folder)).toEqual(['cache.key']);
    const { size, mode } = statSync(path.join(folder, 'cache.key'));
    expect([size, mode & 0o777]).toEqual([32, 0o600]);
    const { stdout } = await run(['cache', 'verify'], {});
    expect(JSON.parse(stdout).cache).toMatchObject({ corrupt: [] });
  });

  it('is that of the account: with another home in the environment what was kept is still found', async () => {
    const registry = await startRegistry();
    publishSquat(registry);
    const cwd = writeProject({ 'package.json': { name: 'project', dependencies: { [OWN]: '*' } } });
    const kept = path.join(temporary(), 'cache');
    const flags = ['--registry', registry.url, '--downloads-url', 'none', '--format', 'json'];
    const args = ['check', ...flags, '--cache-dir', kept];
    for (const requests of [1, 0]) {
      const { report } = await runCli(args, { cwd, env: { HOME: temporary() } });
      expect(report().stats.registryRequests).toBe(requests);
    }
  });

  it('is made by the first write, and not where nothing is kept', async () => {
    const { home, run } = await stages();
    await run(['check', '--no-cache'], {});
    await run(['cache', 'verify'], {});
    await run(['cache', 'stats'], {});
    expect(existsSync(path.join(home, '.config'))).toBe(false);
    await run(['check'], {});
    expect(existsSync(path.join(home, '.config/phantom-guard/cache.key'))).toBe(true);
  });
});

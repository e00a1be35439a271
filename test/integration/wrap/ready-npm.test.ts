import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { hookFile, resolvingOnly } from '../../../src/wrap/download-desk.js';
import { readyNpms } from '../../../src/wrap/ready-npm.js';
import { findProgram } from '../../../src/wrap/real-npm.js';
import { askNpm, type NpmRun, type Started } from '../../../src/wrap/spawn-npm.js';
import { writeProject } from '../../support/projects.js';

let npm: string;
let folder: string;
let run: Omit<NpmRun, 'args'>;
beforeAll(async () => {
  npm = await findProgram('npm', process.env);
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'phantom-guard-ready-')));
  const { NODE_OPTIONS: _, ...env } = process.env;
  run = { program: npm, cwd: folder, env };
});

async function said(child: ChildProcess): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const text = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream]?.setEncoding('utf8').on('data', (chunk) => {
      text[stream] += chunk;
    });
  const [status] = await once(child, 'close');
  return { status, ...text };
}

/** The process that waits for its orders. */
function held(args: readonly string[] = [], hook = 'ready-npm.cjs'): ChildProcess {
  return spawn(process.execPath, [hookFile(hook), npm, ...args], {
    cwd: folder,
    env: run.env,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
}

function order(child: ChildProcess, orders: string): void {
  (child.stdio[3] as NodeJS.WritableStream).end(orders);
}

describe('npm that waits for its orders', () => {
  it('runs what they say, where they say it, with the variables that they add', async () => {
    const elsewhere = writeProject({
      'package.json': {
        name: 'zq-ready',
        version: '1.0.0',
        scripts: { tell: `node -p "process.cwd() + ' ' + process.env.ZQ_READY"` },
      },
    });
    const child = held(['ci']);
    order(
      child,
      JSON.stringify({ cwd: elsewhere, args: ['run', '--silent', 'tell'], env: { ZQ_READY: 'yes' } }),
    );
    expect(await said(child)).toMatchObject({ status: 0, stdout: `${realpathSync(elsewhere)} yes\n` });
  });

  it.each([
    ['no orders', ''],
    ['half an order', '{"cwd":"/","args":["--version"]'],
  ])('is no npm for %s', async (_, orders) => {
    const child = held(['--version']);
    order(child, orders);
    expect(await said(child)).toEqual({ status: 1, stdout: '', stderr: '' });
  });

  it('ends with a guard that was killed, and has done nothing', async () => {
    const root = writeProject({
      'package.json': { name: 'zq-ready', version: '1.0.0', scripts: { preinstall: 'node -e "" > mark' } },
    });
    const guard = spawn(
      process.execPath,
      [
        '-e',
        `const { spawn } = require('node:child_process');
         const child = spawn(process.execPath, ${JSON.stringify([hookFile('ready-npm.cjs'), npm, 'install'])},
           { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
         console.log(child.pid);`,
      ],
      { cwd: root, env: run.env, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [pid] = await once(guard.stdout as NodeJS.ReadableStream, 'data');
    guard.kill('SIGKILL');
    await expect.poll(() => existsSync(`/proc/${Number(pid)}`), { timeout: 20_000 }).toBe(false);
    expect(existsSync(path.join(root, 'mark'))).toBe(false);
    expect(existsSync(path.join(root, 'package-lock.json'))).toBe(false);
  });

  it('has the modules of npm loaded, and npm as its main module', async () => {
    const root = writeProject({
      'probe.cjs': `
        const { readFileSync } = require('node:fs');
        process.on('exit', () => console.error("main", process.mainModule.filename));
        const { readFileSync: read } = require('node:fs');
        require('node:fs').readFileSync = (file, ...rest) => {
          if (file === 3) console.error('loaded', Object.keys(require.cache).length);
          return read(file, ...rest);
        };`,
    });
    const child = spawn(
      process.execPath,
      ['--require', path.join(root, 'probe.cjs'), hookFile('ready-npm.cjs'), npm],
      {
        cwd: folder,
        env: run.env,
        stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      },
    );
    order(child, JSON.stringify({ cwd: folder, args: ['--version'], env: {} }));
    const { status, stdout, stderr } = await said(child);
    const packageFile = path.join(path.dirname(realpathSync(npm)), '..', 'package.json');
    expect(status).toBe(0);
    expect(stdout.trim()).toBe(JSON.parse(readFileSync(packageFile, 'utf8')).version);
    expect(Number(/loaded (\d+)/.exec(stderr)?.[1])).toBeGreaterThan(300);
    expect(stderr).toContain('npm-cli.js');
  });
});

describe('what is started ahead', () => {
  const version = (env: NpmRun['env'] = run.env): NpmRun => ({ ...run, env, args: ['--version'] });

  it('does the run that it is given, once', async () => {
    const ready = readyNpms(run, ['install', 'zq-ready']);
    try {
      const resolving = ready.resolving(version({ ...resolvingOnly(run.env), ZQ_READY: 'more' }));
      expect(resolving).not.toBeNull();
      expect((await said((resolving as Started).child)).stdout).toMatch(/^\d+\.\d+\.\d+/);
      expect(resolving?.hasObeyed()).toBe(true);
      expect(ready.resolving(version(resolvingOnly(run.env)))).toBeNull();
    } finally {
      ready.dismiss();
    }
  });

  it.each<[string, (start: Omit<NpmRun, 'args'>) => NpmRun]>([
    ['another program', (start) => ({ ...start, program: '/bin/true', args: [] })],
    [
      'other options of Node',
      (start) => ({ ...start, env: { ...start.env, NODE_OPTIONS: '--no-warnings' }, args: [] }),
    ],
    ['a variable that is gone', ({ env: { PATH: _, ...env }, ...start }) => ({ ...start, env, args: [] })],
  ])('is not what %s needs', (_, asked) => {
    const ready = readyNpms(run, ['ci']);
    try {
      expect(ready.installing(asked(run))).toBeNull();
    } finally {
      ready.dismiss();
    }
  });

  it('is nothing where nothing is installed, and where the program is no npm of Node', () => {
    for (const ready of [readyNpms(run, ['ls']), readyNpms({ ...run, program: '/bin/sh' }, ['ci'])]) {
      expect(ready.installing(version())).toBeNull();
      expect(ready.resolving(version(resolvingOnly(run.env)))).toBeNull();
      ready.dismiss();
    }
  });

  it('is replaced where it can not read its orders', async () => {
    const dir = writeProject({
      'late.cjs': `
        const fs = require('node:fs');
        const read = fs.readFileSync;
        fs.readFileSync = (file, ...rest) => {
          if (file === 3) throw new Error('EAGAIN');
          return read(file, ...rest);
        };`,
    });
    const env = { ...run.env, NODE_OPTIONS: `--require "${path.join(dir, 'late.cjs')}"` };
    const ready = readyNpms({ ...run, env }, ['install']);
    try {
      let taken = 0;
      const answer = await askNpm(version(resolvingOnly(env)), (asked) => {
        const started = ready.resolving(asked);
        taken += started === null ? 0 : 1;
        return started;
      });
      expect(taken).toBe(1);
      expect(answer).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+/) });
    } finally {
      ready.dismiss();
    }
  });

  it.each<[string, (dir: string) => Omit<NpmRun, 'args'>]>([
    [
      'a `node` of the project',
      (dir) => {
        symlinkSync('/bin/true', path.join(dir, 'node_modules/.bin/node'));
        const PATH = `${path.join(dir, 'node_modules/.bin')}:${run.env['PATH']}`;
        return { ...run, cwd: dir, env: { ...run.env, PATH } };
      },
    ],
    [
      'an npm of the project',
      (dir) => ({ ...run, cwd: dir, program: path.join(dir, 'node_modules/npm/bin/npm-cli.js') }),
    ],
    [
      'an npm of a folder above',
      (dir) => {
        const cwd = path.join(dir, 'packages/one');
        mkdirSync(cwd, { recursive: true });
        return { ...run, cwd, program: path.join(dir, 'node_modules/npm/bin/npm-cli.js') };
      },
    ],
    ['a debugger', () => ({ ...run, env: { ...run.env, NODE_OPTIONS: '--inspect=0' } })],
  ])('is nothing for %s, which would run before the verdict', (_, start) => {
    const dir = writeProject({
      'node_modules/npm/bin/npm-cli.js': '#!/usr/bin/env node\n',
      'node_modules/.bin/x': '',
    });
    const begun = start(dir);
    const ready = readyNpms(begun, ['ci']);
    try {
      expect(ready.installing({ ...begun, args: ['--version'] })).toBeNull();
    } finally {
      ready.dismiss();
    }
  });

  it.each([['ci', '--dry-run'], ['audit']])('is nothing for npm %s %s', (...argv) => {
    const ready = readyNpms(
      run,
      argv.filter((word) => word !== undefined),
    );
    expect(ready.installing(version())).toBeNull();
    expect(ready.resolving(version(resolvingOnly(run.env)))).toBeNull();
    ready.dismiss();
  });

  it('is gone after it was dismissed', () => {
    const ready = readyNpms(run, ['ci']);
    ready.dismiss();
    expect(ready.installing(version())).toBeNull();
  });
});

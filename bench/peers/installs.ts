import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { pnpmEnv, pnpmManagers } from '../../test/support/pnpm-managers.js';
import { pnpmFolder } from '../../test/support/pnpm-on-path.js';
import { BARE, type Child, CLI } from '../perf/child.js';
import { copyProject } from '../perf/lockfiles.js';
import type { Comparison } from './comparison.js';

const ROUNDS = 5;
const GUARD = [CLI, '--downloads-url', 'none', '--quiet'];

/** What is guarded: `npm ci` of the small project with warm caches, plain and through the wrapper. */
export function compareNpmCi(scratch: string): Comparison {
  const cwd = path.dirname(copyProject('small', 'package-lock.json', path.join(scratch, 'npm-ci')));
  const env = {
    ...process.env,
    npm_config_cache: path.join(scratch, 'npm-cache'),
    PHANTOM_GUARD_CACHE_DIR: path.join(scratch, 'guard-cache'),
    // npm's default, whatever this machine's configuration says.
    npm_config_omit_lockfile_registry_resolved: 'false',
  };
  const ci = [
    'ci',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--no-update-notifier',
    '--loglevel=error',
  ];
  return {
    title: 'npm ci, small, warm cache',
    rounds: ROUNDS,
    children: {
      'npm ci': { file: 'npm', args: ci, cwd, env },
      'npm ci, guarded': { args: [...GUARD, 'npm', ...ci], cwd, env },
      'node -e 0': BARE,
    },
    before: () => rmSync(path.join(cwd, 'node_modules'), { recursive: true, force: true }),
  };
}

/** The same of `pnpm install --frozen-lockfile`; `null` where `npm run toolchain` has not installed that pnpm. */
export function comparePnpmInstall(scratch: string, version: string): Comparison | null {
  const manager = pnpmManagers().managers.find((one) => one.version === version);
  if (manager === undefined) return null;
  const cwd = path.dirname(copyProject('small', 'pnpm-lock.yaml', path.join(scratch, 'pnpm-install')));
  const home = path.join(scratch, 'pnpm-home');
  const registry = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).trim();
  const own = pnpmEnv(manager, { home, registry });
  const env = {
    ...process.env,
    ...own,
    PATH: [pnpmFolder(manager), own['PATH']].join(path.delimiter),
    HTTPS_PROXY: process.env['HTTPS_PROXY'],
    NO_PROXY: process.env['NO_PROXY'],
    PHANTOM_GUARD_CACHE_DIR: path.join(home, 'guard-cache'),
  };
  const install = ['install', '--frozen-lockfile', '--ignore-scripts', '--prefer-offline'];
  const child = (file: string, args: readonly string[]): Child => ({ file, args, cwd, env });
  return {
    title: `pnpm install --frozen-lockfile, small, warm store, pnpm ${version}`,
    rounds: ROUNDS,
    children: {
      'pnpm install': child('pnpm', install),
      'pnpm install, guarded': child(process.execPath, [...GUARD, 'pnpm', ...install]),
      'node -e 0': BARE,
    },
    before: () => rmSync(path.join(cwd, 'node_modules'), { recursive: true, force: true }),
  };
}

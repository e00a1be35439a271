import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Report } from '../../src/model/report.js';
import type { FaultPlan } from '../../test/support/fake-faults.js';
import { packument } from '../../test/support/fake-packument.js';
import { type FakeRegistry, startFakeRegistry } from '../../test/support/fake-registry.js';
import { type Started, start } from '../../test/support/guarded-process.js';
import { packageLock, writeProject } from '../../test/support/projects.js';
import { isGone } from './expect-gone.js';

const CLI = path.resolve('dist/cli.js');
const DAY_MS = 86_400_000;

/** A user with a project of packages that nobody knows, one of which is a fresh squat and one nobody owns. */
export type World = {
  readonly project: string;
  readonly home: string;
  readonly temporary: string;
  readonly cacheDir: string;
  readonly registry: FakeRegistry;
  /** Of the tree. */
  readonly names: readonly string[];
  readonly close: () => Promise<void>;
};

export type WorldOptions = {
  readonly packages: number;
  readonly faults?: Readonly<Record<string, readonly FaultPlan[]>>;
  readonly prefix?: string;
};

export async function openWorld({
  packages,
  faults = {},
  prefix = 'zq-fault',
}: WorldOptions): Promise<World> {
  const names = Array.from({ length: packages }, (_, index) => `${prefix}-${index}`);
  const [nobodys = '', squat = ''] = names;
  const documents = names
    .slice(1)
    .map((name) => [name, name === squat ? squatOf(name) : packument({ name })]);
  const registry = await startFakeRegistry({
    packages: Object.fromEntries(documents),
    absent: [nobodys],
    allowUnused: true,
    faults,
  });
  const home = mkdtempSync(path.join(tmpdir(), 'phantom-guard-faults-'));
  const temporary = path.join(home, 'tmp');
  mkdirSync(temporary);
  const project = writeProject({
    'package.json': {
      name: 'project',
      version: '1.0.0',
      dependencies: Object.fromEntries(names.map((name) => [name, '*'])),
    },
    'package-lock.json': packageLock(
      Object.fromEntries(names.map((name) => [`node_modules/${name}`, entryOf(name)])),
    ),
  });
  return {
    project,
    home,
    temporary,
    cacheDir: path.join(home, 'cache'),
    registry,
    names,
    close: async () => {
      await registry.close();
      for (const folder of [home, project]) rmSync(folder, { recursive: true, force: true });
    },
  };
}

function squatOf(name: string): Record<string, unknown> {
  const yesterday = new Date(Date.now() - DAY_MS).toISOString();
  return packument({ name, created: yesterday, versions: { '1.0.0': yesterday }, repository: null });
}

function entryOf(name: string): Record<string, string> {
  const resolved = `https://tarballs.example.test/${name}/-/${name}-1.0.0.tgz`;
  return { version: '1.0.0', resolved, integrity: `sha512-${'A'.repeat(86)}==` };
}

export type CheckOptions = {
  readonly registry?: string;
  readonly cacheDir?: string;
  readonly words?: readonly string[];
  /** How long npm's configuration lets one package take. */
  readonly fetchTimeoutMs?: number;
};

/** `check` of the project by the built program. */
export function startCheck(world: World, options: CheckOptions = {}): Started {
  const { registry = world.registry.url, cacheDir = world.cacheDir, words = [] } = options;
  const env =
    options.fetchTimeoutMs === undefined ? {} : { npm_config_fetch_timeout: `${options.fetchTimeoutMs}` };
  const given = [
    '--format',
    'json',
    '--all',
    '--downloads-url',
    'none',
    '--registry',
    registry,
    '--cache-dir',
    cacheDir,
  ];
  return startProgram(world, ['check', ...given, ...words], env);
}

function startProgram(
  world: World,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Started {
  return start([process.execPath, CLI, ...words], {
    cwd: world.project,
    env: { PATH: process.env['PATH'] ?? '', HOME: world.home, TMPDIR: world.temporary, ...env },
  });
}

export async function clearCache(world: World): Promise<void> {
  await startProgram(world, ['cache', 'clear', '--cache-dir', world.cacheDir]).ended;
}

export type Checked = {
  readonly status: number | null;
  /** `null` = no document on stdout. */
  readonly report: Report | null;
  readonly stderr: string;
  /** Nothing that it had started is left. */
  readonly isGone: boolean;
};

export async function check(world: World, options: CheckOptions = {}): Promise<Checked> {
  const started = startCheck(world, options);
  const { status, stdout, stderr } = await started.ended;
  return {
    status,
    stderr,
    isGone: await isGone(started),
    report: stdout === '' ? null : (JSON.parse(stdout) as Report),
  };
}

/** What is in the user's folder for temporary files. */
export function temporariesOf(world: World): readonly string[] {
  return readdirSync(world.temporary);
}

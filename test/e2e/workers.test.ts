import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.js';
import { guardedUser } from '../support/guarded-process.js';
import { guardHome, wirePnpmfile } from '../support/pnpm-guard.js';
import { type PnpmManager, pnpmManagers, runPnpm } from '../support/pnpm-managers.js';
import { packageLock, writeProject } from '../support/projects.js';
import { type ProcessRun, runProcess } from '../support/run-process.js';
import { startTarballRegistry, type TarballRegistry } from '../support/tarball-registry.js';

const BAD = 'zq-pool-bad';
/** Letters, since the registry of the tests looks for the version behind the last number. */
const SOUND = [...'abcdefghijklmnopqrstuvwxyz'].map((letter) => `zq-pool-sound-${letter}`);
const VERSION = '1.24.0';
const VERSIONS = Object.fromEntries(Array.from({ length: 25 }, (_, minor) => [`1.${minor}.0`, {}]));
/** The thread's own file says here that it was started. */
const MARK = 'PHANTOM_POOL_MARK';

const { managers, skipped } = pnpmManagers();
let registry: TarballRegistry;
let home = '';
beforeAll(async () => {
  registry = await startTarballRegistry([
    ...SOUND.map((name) => ({ name, versions: VERSIONS, ageDays: 2_000.5 })),
    {
      name: BAD,
      versions: { [VERSION]: { manifest: { scripts: { install: 'exit 0' } } } },
      ageDays: 2.5,
      repository: null,
      description: null,
    },
  ]);
  home = markingGuard();
});
afterAll(() => registry.close());

/** An install of the guard whose worker says that it was started. */
function markingGuard(): string {
  const made = mkdtempSync(path.join(tmpdir(), 'phantom-guard-marking-'));
  cpSync(guardHome(), made, { recursive: true });
  const worker = path.join(made, 'node_modules/phantom-guard-install/dist/workers/look-up-facts.js');
  appendFileSync(
    worker,
    `\nimport { appendFileSync as mark } from 'node:fs';\nmark(process.env.${MARK}, 'thread\\n');\n`,
  );
  return made;
}

type Way = {
  readonly run: ProcessRun;
  /** `null` where the way writes none. */
  readonly report: Report | null;
  readonly threads: number;
};
type Setting = {
  readonly names: readonly string[];
  readonly workers: number;
  readonly cacheDir: string;
};

function places({ cacheDir, workers }: Setting) {
  const folder = mkdtempSync(path.join(tmpdir(), 'phantom-guard-workers-'));
  const output = path.join(folder, 'report.json');
  const mark = path.join(folder, 'mark');
  const options = ['--workers', String(workers), '--downloads-url', 'none'];
  const env = {
    PHANTOM_GUARD_HOME: home,
    PHANTOM_GUARD_CACHE_DIR: cacheDir,
    PHANTOM_GUARD_CACHE_KEY: 'zq-no-secret-of-anybody-0123456789',
    [MARK]: mark,
  };
  const wayOf = (run: ProcessRun): Way => ({
    run,
    report: existsSync(output) ? JSON.parse(readFileSync(output, 'utf8')) : null,
    threads: existsSync(mark) ? readFileSync(mark, 'utf8').split('\n').length - 1 : 0,
  });
  return { options, reporting: [...options, '--all', '--format', 'json', '--output', output], env, wayOf };
}

function npmProject(names: readonly string[]): string {
  const lock = packageLock(
    Object.fromEntries(names.map((name) => [`node_modules/${name}`, registry.lockEntry(name, VERSION)])),
  );
  const dependencies = Object.fromEntries(names.map((name) => [name, '*']));
  const manifest = { name: 'project', version: '1.0.0', dependencies };
  return writeProject({ 'package.json': manifest, 'package-lock.json': lock });
}

const cli = (): string => path.join(home, 'node_modules/phantom-guard-install/dist/cli.js');

async function byCheck(setting: Setting, more: readonly string[] = []): Promise<Way> {
  const { reporting, env, wayOf } = places(setting);
  const words = [cli(), 'check', ...reporting, ...more];
  const user = guardedUser(registry.url, env);
  return wayOf(await runProcess(process.execPath, words, { cwd: npmProject(setting.names), env: user.env }));
}

async function byPreinstall(setting: Setting): Promise<Way> {
  const { reporting, env, wayOf } = places(setting);
  const user = guardedUser(registry.url, { ...env, PHANTOM_GUARD_OPTIONS: reporting.join(' ') });
  const words = [path.resolve('hooks/preinstall.cjs')];
  return wayOf(await runProcess(process.execPath, words, { cwd: npmProject(setting.names), env: user.env }));
}

async function byWrapper(setting: Setting): Promise<Way> {
  const { reporting, env, wayOf } = places(setting);
  const user = guardedUser(registry.url, env);
  const words = [cli(), ...reporting, 'npm', 'ci'];
  return wayOf(await runProcess(process.execPath, words, { cwd: npmProject(setting.names), env: user.env }));
}

async function byPnpmfile(manager: PnpmManager, setting: Setting): Promise<Way> {
  const { options, env, wayOf } = places(setting);
  const dependencies = Object.fromEntries(setting.names.map((name) => [name, VERSION]));
  const cwd = writeProject({ 'package.json': { name: 'project', version: '1.0.0', dependencies } });
  wirePnpmfile(cwd);
  const own = path.join(mkdtempSync(path.join(tmpdir(), 'phantom-guard-pnpm-user-')), 'home');
  mkdirSync(own);
  const run = await runPnpm(manager, ['install', '--no-frozen-lockfile', '--ignore-scripts'], {
    cwd,
    home: own,
    registry: registry.url,
    env: { ...env, PHANTOM_GUARD_OPTIONS: options.join(' ') },
  });
  return wayOf(run);
}

function newCache(): string {
  return mkdtempSync(path.join(tmpdir(), 'phantom-guard-shared-cache-'));
}

/** What doesn't depend on who was asked first. */
function verdictsOf({ report }: Way) {
  return {
    status: report?.status,
    summary: report?.summary,
    packages: report?.packages.map(({ decidedBy: _, ...verdict }) => verdict),
  };
}

/** What pnpm ends with, without its own words. */
function refusalOf({ run }: Way): unknown {
  const said = `${run.stdout}${run.stderr}`.replaceAll(/[\s│]+/g, ' ');
  return [run.status === 0, /BLOCKED zq-[a-z-]+/.exec(said)?.[0] ?? null];
}

it.each(skipped)('skipped: %s', () => undefined);

describe.each([
  ['healthy', SOUND],
  ['with a bad package', [...SOUND, BAD]],
])('threads in every way, at once and on one cache: a project %s', (_, names) => {
  it('come to the verdicts of one thread, and lose nothing of the cache', async () => {
    const shared = { names, workers: 2, cacheDir: newCache() };
    const [check, preinstall, wrapper, ...pnpms] = await Promise.all([
      byCheck(shared),
      byPreinstall(shared),
      byWrapper(shared),
      ...managers.map((manager) => byPnpmfile(manager, shared)),
    ]);
    const alone = await byCheck({ names, workers: 0, cacheDir: newCache() });
    expect(alone.threads).toBe(0);
    expect(alone.run.status).toBe(names.includes(BAD) ? 1 : 0);
    for (const way of [check, preinstall, wrapper]) {
      expect(verdictsOf(way)).toEqual(verdictsOf(alone));
      expect(way.threads).toBeGreaterThan(0);
      expect([way.run.status, way.run.signal]).toEqual([alone.run.status, null]);
    }
    for (const pnpm of pnpms)
      expect(refusalOf(pnpm)).toEqual([
        alone.run.status === 0,
        names.includes(BAD) ? `BLOCKED ${BAD}` : null,
      ]);
    const known = await byCheck(shared, ['--offline']);
    expect(verdictsOf(known)).toEqual(verdictsOf(alone));
    expect(known.report?.stats.registryRequests).toBe(0);
  });
});

describe.each(managers.map((manager) => ({ manager, version: manager.version })))(
  'threads in the hooks of pnpm $version',
  ({ manager }) => {
    it.each([
      ['healthy', SOUND],
      ['with a bad package', [...SOUND, BAD]],
    ])('end as one thread does: a project %s', async (_, names) => {
      const there = await byPnpmfile(manager, { names, workers: 2, cacheDir: newCache() });
      const here = await byPnpmfile(manager, { names, workers: 0, cacheDir: newCache() });
      expect(refusalOf(there)).toEqual(refusalOf(here));
      expect(refusalOf(here)).toEqual(names.includes(BAD) ? [false, `BLOCKED ${BAD}`] : [true, null]);
      expect([there.threads > 0, here.threads]).toEqual([true, 0]);
    });
  },
);

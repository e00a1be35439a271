import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareSnapshots, takeSnapshot } from '../matrix/snapshot.js';
import {
  type GuardedUser,
  guardedUser,
  guardedWords,
  type Started,
  start,
} from '../support/guarded-process.js';
import { writeProject } from '../support/projects.js';
import { startTarballRegistry, type TarballRegistry } from '../support/tarball-registry.js';

const NAMES = ['zq-kill-one', 'zq-kill-two', 'zq-kill-three'];
/** Nobody names it on a command line: the guard asks for it when it has read the lockfile that npm resolved. */
const BASE = 'zq-kill-base';
const UNTOUCHED = { manifests: true, lockfile: true, modules: true, rest: true };
const COMMAND = guardedWords('npm', 'install', ...NAMES);

let registry: TarballRegistry;
beforeAll(async () => {
  registry = await startTarballRegistry(
    [...NAMES, BASE].map((name) => {
      const manifest = name === BASE ? {} : { dependencies: { [BASE]: '^1.0.0' } };
      return { name, ageDays: 2_000, versions: { '1.0.0': {}, '1.1.0': {}, '1.2.0': { manifest } } };
    }),
  );
});
afterAll(() => registry.close());

function newProject(): string {
  return writeProject({
    'package.json': { name: 'project', version: '1.0.0' },
    'package-lock.json': { name: 'project', version: '1.0.0', lockfileVersion: 3, packages: {} },
    'node_modules/kept/package.json': { name: 'kept', version: '1.0.0' },
  });
}

/** How many documents are asked for before the verdict: by npm and by the guard, before the first tarball. */
async function requestsBeforeVerdict(): Promise<number> {
  registry.reset();
  const { status } = await start(COMMAND, { ...guardedUser(registry.url), cwd: newProject() }).ended;
  expect(status).toBe(0);
  return registry.requests.findIndex(({ path: asked }) => asked.endsWith('.tgz'));
}

/** Kills the guard alone, and waits until the npm that it had started is gone too. */
async function killAt(moment: Moment, user: GuardedUser, cwd: string): Promise<void> {
  registry.reset();
  const started = start(COMMAND, { ...user, cwd });
  moment(started, user);
  expect((await started.ended).signal).toBe('SIGKILL');
  await started.gone();
  registry.onRequest(() => undefined);
}

/** Sees to it that the guard is killed when it comes. */
type Moment = (started: Started, user: GuardedUser) => void;

function atRequest(count: number): Moment {
  return (started) =>
    registry.onRequest(() => {
      if (registry.requests.length === count) started.send('SIGKILL');
    });
}

/** Once: requests that the guard sent before it was killed may be answered after it. */
function atFirst(started: Started, isTime: (asked: string) => boolean): void {
  let isKilled = false;
  registry.onRequest((asked) => {
    if (isKilled || !isTime(asked)) return;
    isKilled = true;
    started.send('SIGKILL');
  });
}

const whenStaged: Moment = (started, { temporary }) =>
  atFirst(started, () => stagingFolders(temporary).length > 0);

const whenResolved: Moment = (started, { temporary }) =>
  atFirst(started, (asked) => {
    const isResolved = stagingFolders(temporary).some((folder) => {
      const lockfile = path.join(folder, 'package-lock.json');
      return existsSync(lockfile) && readFileSync(lockfile, 'utf8').includes(BASE);
    });
    return isResolved && asked === `/${BASE}`;
  });

function stagingFolders(temporary: string): string[] {
  return readdirSync(temporary)
    .filter((name) => name.startsWith('phantom-guard-staging-'))
    .map((name) => path.join(temporary, name));
}

describe('a guard that is killed before its verdict', () => {
  it('leaves the project byte for byte, whenever it is; the next run clears up and works', async () => {
    const cwd = newProject();
    const before = takeSnapshot(cwd);
    const count = await requestsBeforeVerdict();
    expect(count).toBeGreaterThan(5);
    const first = guardedUser(registry.url);
    const moments: Moment[] = Array.from({ length: count }, (_, index) => atRequest(index + 1));
    for (const moment of [...moments, whenStaged]) {
      // Caches of its own, so that everything is asked for again; one folder for what is left behind.
      const { home, env } = guardedUser(registry.url, { TMPDIR: first.temporary });
      await killAt(moment, { home, env, temporary: first.temporary }, cwd);
      expect(compareSnapshots(before, takeSnapshot(cwd))).toEqual(UNTOUCHED);
    }
    expect(stagingFolders(first.temporary)).not.toEqual([]);
    const { status, stderr } = await start(COMMAND, { ...first, cwd }).ended;
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(stagingFolders(first.temporary)).toEqual([]);
    expect(NAMES.every((name) => existsSync(path.join(cwd, 'node_modules', name)))).toBe(true);
  }, 120_000);

  it('leaves it so when npm has resolved and nothing is judged yet; its lock on the project is taken over', async () => {
    const cwd = newProject();
    const before = takeSnapshot(cwd);
    const user = guardedUser(registry.url);
    await killAt(whenResolved, user, cwd);
    expect(compareSnapshots(before, takeSnapshot(cwd))).toEqual(UNTOUCHED);
    expect(readdirSync(path.join(user.home, 'guard-cache/installs'))).toHaveLength(1);
    expect((await start(COMMAND, { ...user, cwd }).ended).status).toBe(0);
    expect(stagingFolders(user.temporary)).toEqual([]);
  }, 60_000);
});

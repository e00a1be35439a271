import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { GuardError } from '../errors.js';
import { isAlive } from './staging-place.js';

export type ProjectLock = {
  /** For what runs under the lock: a script of the project may install in the same project again. */
  readonly env: Readonly<Record<string, string>>;
  /** Keeps a lockfile that was judged, for the run under which this one runs. */
  readonly keepJudged: (lockfile: Buffer) => Promise<void>;
  /** What runs under this one have judged. */
  readonly judgedInside: () => Promise<readonly Buffer[]>;
  readonly release: () => Promise<void>;
};

type Env = Readonly<Record<string, string | undefined>>;

/** The lock under which a process runs. */
const HOLDS = 'PHANTOM_GUARD_HOLDS';

const OWNER = 'pid';
const JUDGED = 'judged-';
const INTERVAL_MS = 50;

/**
 * Keeps a second guarded install out of a project while one is under way. The lock is a folder in `dir` (the cache), not
 * in the project; one whose process is gone is taken over.
 *
 * @throws GuardError PROJECT_BUSY
 */
export async function lockProject(dir: string, root: string, env: Env): Promise<ProjectLock> {
  const place = path.join(dir, 'installs', createHash('sha256').update(root).digest('hex').slice(0, 32));
  const owner = await ownerOf(place);
  const isInside = env[HOLDS] === place && owner !== null;
  if (!isInside) {
    await mkdir(path.dirname(place), { recursive: true, mode: 0o700 });
    if (owner !== null && !isAlive(owner)) await clear(place, owner);
    if (!(await take(place))) throw busy(root, await ownerOf(place));
  }
  return {
    env: { [HOLDS]: place },
    keepJudged: async (lockfile) => {
      if (isInside) await writeFile(path.join(place, `${JUDGED}${process.pid}`), lockfile);
    },
    judgedInside: async () => {
      const names = (await readdir(place)).filter((name) => name.startsWith(JUDGED));
      return await Promise.all(names.map((name) => readFile(path.join(place, name))));
    },
    release: async () => {
      if (!isInside) await rm(place, { recursive: true, force: true });
    },
  };
}

/** As `lockProject`, once nobody else has it. */
export async function waitForProject(dir: string, root: string): Promise<ProjectLock> {
  for (;;) {
    try {
      return await lockProject(dir, root, {});
    } catch (error) {
      if (!(error instanceof GuardError) || error.code !== 'PROJECT_BUSY') throw error;
      await delay(INTERVAL_MS);
    }
  }
}

/** The folder appears with its owner in it, or not at all: a folder that is not empty is never replaced. */
async function take(place: string): Promise<boolean> {
  const arriving = await mkdtemp(`${place}.`);
  await writeFile(path.join(arriving, OWNER), String(process.pid));
  try {
    await rename(arriving, place);
    return true;
  } catch (error) {
    await rm(arriving, { recursive: true, force: true });
    if (error instanceof Error && 'code' in error && ['EEXIST', 'ENOTEMPTY'].includes(String(error.code)))
      return false;
    throw error;
  }
}

/** Removes the lock of a process that is gone, and no other: somebody may just have taken it over. */
async function clear(place: string, owner: number): Promise<void> {
  const leaving = `${place}.${process.pid}.gone`;
  try {
    await rename(place, leaving);
  } catch {
    return;
  }
  if ((await ownerOf(leaving)) === owner) await rm(leaving, { recursive: true, force: true });
  else await rename(leaving, place);
}

async function ownerOf(place: string): Promise<number | null> {
  const text = await readFile(path.join(place, OWNER), 'utf8').catch(() => '');
  return /^\d+$/.test(text) ? Number(text) : null;
}

function busy(root: string, owner: number | null): GuardError {
  return new GuardError(
    'PROJECT_BUSY',
    `another guarded install is under way in ${root}${owner === null ? '' : ` (process ${owner})`}`,
    'Wait until it has ended.',
  );
}

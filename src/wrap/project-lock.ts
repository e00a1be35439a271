import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { GuardError } from '../errors.js';
import { isAlive } from './staging-place.js';

export type ProjectLock = {
  /** For what runs under the lock: a script of the project may install in the same project again. */
  readonly env: Readonly<Record<string, string>>;
  readonly release: () => Promise<void>;
};

type Env = Readonly<Record<string, string | undefined>>;

/** The lock under which a process runs. */
const HOLDS = 'PHANTOM_GUARD_HOLDS';

const OWNER = 'pid';
const FRESH_MS = 5_000;
const INTERVAL_MS = 50;

/**
 * Keeps a second guarded install out of a project while one is under way. The lock is a folder in `dir` (the cache), not
 * in the project; one whose process is gone is taken over.
 *
 * @throws GuardError PROJECT_BUSY
 */
export async function lockProject(dir: string, root: string, env: Env): Promise<ProjectLock> {
  const place = path.join(dir, 'installs', createHash('sha256').update(root).digest('hex').slice(0, 32));
  const holds = { [HOLDS]: place };
  if (env[HOLDS] === place && (await ownerOf(place)) !== null)
    return { env: holds, release: async () => undefined };
  await mkdir(path.dirname(place), { recursive: true, mode: 0o700 });
  if (!(await take(place))) {
    const owner = await ownerOf(place);
    if (owner === null ? await isFresh(place) : isAlive(owner)) throw busy(root, owner);
    await rm(place, { recursive: true, force: true });
    if (!(await take(place))) throw busy(root, await ownerOf(place));
  }
  return { env: holds, release: () => rm(place, { recursive: true, force: true }) };
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

/** Whoever has just made the folder is about to write its name into it. */
async function isFresh(place: string): Promise<boolean> {
  const status = await stat(place).catch(() => null);
  return status !== null && Date.now() - status.mtimeMs < FRESH_MS;
}

async function take(place: string): Promise<boolean> {
  try {
    await mkdir(place, { mode: 0o700 });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
  await writeFile(path.join(place, OWNER), String(process.pid));
  return true;
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

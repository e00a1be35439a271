import { existsSync } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Places } from '../wiring/places.js';

/** Where hooks/preinstall.cjs finds the guard; `record` = it installs the one that the project recorded. */
export type GuardPlace = 'project' | 'user' | 'record';

const NAME = 'phantom-guard-install';

/** Looks in the same order as hooks/preinstall.cjs. */
export async function findGuard(
  project: string,
  places: Places,
  hasRecord: boolean,
): Promise<GuardPlace | null> {
  if (await isGuardIn(project)) return 'project';
  if (await isGuardIn(places.home)) return 'user';
  return hasRecord ? 'record' : null;
}

/** Whether a whole guard lies below `directory`; what is linked in from elsewhere does not count. */
export async function isGuardIn(directory: string): Promise<boolean> {
  try {
    const folder = await realpath(path.join(directory, 'node_modules', NAME));
    const way = path.relative(await realpath(directory), folder);
    if (way.startsWith(`..${path.sep}`) || path.isAbsolute(way)) return false;
    const { name } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as {
      name?: unknown;
    };
    return name === NAME && existsSync(path.join(folder, 'dist', 'cli.js'));
  } catch {
    return false;
  }
}

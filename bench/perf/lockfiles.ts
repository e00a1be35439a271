import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';

const PLACES = [process.env['EVAL_DIR'], '../shared/eval'].flatMap((place) => place ?? []);

export type Size = 'small' | 'medium' | 'monorepo' | 'xl';
export type LockfileName = 'package-lock.json' | 'pnpm-lock.yaml';

export const NO_LOCKFILES = '../shared/eval/lockfiles is not here (set EVAL_DIR)';

/** The folder with the real lockfiles, absolute; `null` where it is not on this machine. */
export function findLockfiles(): string | null {
  const found = PLACES.find((place) => existsSync(path.join(place, 'lockfiles')));
  return found === undefined ? null : path.resolve(found, 'lockfiles');
}

/** Puts a real project with one of its lockfiles into `folder`, and returns where that lockfile is then. */
export function copyProject(size: Size, lockfile: LockfileName, folder: string): string {
  const root = findLockfiles();
  if (root === null) throw new Error(NO_LOCKFILES);
  mkdirSync(folder, { recursive: true });
  for (const file of ['package.json', lockfile])
    copyFileSync(path.join(root, size, file), path.join(folder, file));
  return path.join(folder, lockfile);
}

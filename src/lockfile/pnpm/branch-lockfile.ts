import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { readUpTo } from '../../inputs/read-up-to.js';
import { noteUnrepeatable } from '../../inputs/trace.js';
import type { Unchecked } from '../../model/resolved-tree.js';
import { isBranchLockfile } from './branch-lockfile-name.js';

/** The lockfiles of branches (`gitBranchLockfile`) in a folder. */
export type BranchLockfiles = {
  /** That of the branch which is checked out; pnpm reads it in the place of pnpm-lock.yaml where the setting is on. */
  readonly current: string | null;
  readonly others: readonly Unchecked[];
};

/** Sorts the lockfiles of branches among `files`, the names of the files in `directory`. */
export async function findBranchLockfiles(
  directory: string,
  files: readonly string[],
): Promise<BranchLockfiles> {
  const found = files.filter(isBranchLockfile);
  if (found.length === 0) return { current: null, others: [] };
  // Which branch is checked out is not noted.
  noteUnrepeatable();
  const branch = await currentBranch(directory);
  const name = branch === null ? null : `pnpm-lock.${branch.replaceAll(/[^\w.-]/g, '!').toLowerCase()}.yaml`;
  const current = found.find((file) => file.toLowerCase() === name) ?? null;
  const reason = 'lockfile of a branch that is not checked out: only `check` of the file itself judges it';
  return { current, others: found.filter((file) => file !== current).map((id) => ({ id, reason })) };
}

/** `null` outside of a repository, and where no branch is checked out. */
async function currentBranch(directory: string): Promise<string | null> {
  const folder = await gitFolder(directory);
  const head = folder === null ? '' : await readLine(join(folder, 'HEAD'));
  return /^ref: refs\/heads\/(.+?)\s*$/.exec(head)?.[1] ?? null;
}

/** The nearest `.git`, here or above: a folder, or in a worktree a file that names it. */
async function gitFolder(directory: string): Promise<string | null> {
  for (let folder = directory; ; folder = dirname(folder)) {
    const place = join(folder, '.git');
    const found = await stat(place).catch(() => null);
    if (found?.isDirectory()) return place;
    if (found?.isFile()) {
      const [, named] = /^gitdir: (.+?)\s*$/.exec(await readLine(place)) ?? [];
      return named === undefined ? null : resolve(folder, named);
    }
    if (folder === dirname(folder)) return null;
  }
}

/** git's own files hold a path and a word; what can't be read says nothing. */
async function readLine(path: string): Promise<string> {
  const found = await readUpTo(path, 64 * 1024).catch(() => null);
  return found?.kind === 'read' ? found.bytes.toString('utf8') : '';
}

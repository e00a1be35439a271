import { execFileSync } from 'node:child_process';
import type { GuardId } from './guards.js';

/** What each table depends on beside the matrix itself: a change there makes it old. */
export const GUARDED_PATHS: Readonly<Record<GuardId, readonly string[]>> = {
  plain: [],
  wrapper: [
    'src/wrap',
    'hooks/resolve-only.cjs',
    'hooks/resolve-only-ask.cjs',
    'hooks/prepare-clone.cjs',
    'hooks/ready-npm.cjs',
  ],
  preinstall: ['hooks/preinstall.cjs', 'src/landed'],
  gate: ['hooks/script-shell', 'src/gate', 'src/landed'],
};

/** `null` outside a git checkout and for what git refuses. */
export function git(...args: readonly string[]): string | null {
  try {
    return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return null;
  }
}

/** The commit that is checked out; with `+changes` when the guard differs from it. */
export function currentCommit(guard: GuardId): string {
  const head = git('rev-parse', 'HEAD') ?? 'unknown';
  const paths = GUARDED_PATHS[guard];
  return paths.length === 0 || git('status', '--porcelain', '--', ...paths) === '' ? head : `${head}+changes`;
}

/** The last commit that touched the guard; `null` when there is none, or no git. */
export function lastChangeOf(guard: GuardId): string | null {
  const paths = GUARDED_PATHS[guard];
  return paths.length === 0 ? null : git('log', '-1', '--format=%H', '--', ...paths) || null;
}

/** Whether a table recorded on `commit` knows of the change `change`. */
export function includesChange(commit: string, change: string): boolean {
  return git('merge-base', '--is-ancestor', change, commit) !== null;
}

import { execFileSync } from 'node:child_process';

/** What the table depends on beside the matrix itself: a change there makes a recorded table old. */
export const GUARDED_PATHS = ['hooks', 'src/wrap', 'src/gate', 'src/landed'];

/** `null` outside a git checkout and for what git refuses. */
export function git(...args: readonly string[]): string | null {
  try {
    return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return null;
  }
}

/** The commit that is checked out; with `+changes` when the guards differ from it. */
export function currentCommit(): string {
  const head = git('rev-parse', 'HEAD') ?? 'unknown';
  return git('status', '--porcelain', '--', ...GUARDED_PATHS) === '' ? head : `${head}+changes`;
}

/** The last commit that touched the guards; `null` when there is none, or no git. */
export function lastGuardChange(): string | null {
  return git('log', '-1', '--format=%H', '--', ...GUARDED_PATHS) || null;
}

/** Whether a table recorded on `commit` knows of the change `change`. */
export function includesChange(commit: string, change: string): boolean {
  return git('merge-base', '--is-ancestor', change, commit) !== null;
}

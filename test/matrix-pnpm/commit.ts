import { git } from '../matrix/commit.js';

/** What the table depends on beside the matrix itself: a change there makes a recorded table old. */
export const GUARDED_PATHS = [
  'hooks/preinstall.cjs',
  'hooks/pnpmfile.cjs',
  'hooks/pnpmfile-stub.cjs',
  'src/pnpmfile',
  'src/pnpm-hook.ts',
  'src/cli/pnpm-session.ts',
  'src/cli/run-pnpm.ts',
  'src/wrap-pnpm',
];

/** The commit that is checked out; with `+changes` when the guards differ from it. */
export function currentCommit(): string {
  const head = git('rev-parse', 'HEAD') ?? 'unknown';
  return git('status', '--porcelain', '--', ...GUARDED_PATHS) === '' ? head : `${head}+changes`;
}

/** The last commit that touched the guards; `null` when there is none, or no git. */
export function lastGuardChange(): string | null {
  return git('log', '-1', '--format=%H', '--', ...GUARDED_PATHS) || null;
}

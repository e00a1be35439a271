import { git } from '../matrix/commit.js';
import type { GuardId } from './guards.js';

const HOOKS = [
  'hooks/pnpmfile.cjs',
  'src/pnpmfile',
  'src/pnpm-hook.ts',
  'src/cli/pnpm-session.ts',
  'src/cli/remembered-session.ts',
];

/** What each table depends on beside the matrix itself: a change there makes it old. */
export const GUARDED_PATHS: Readonly<Record<GuardId, readonly string[]>> = {
  plain: [],
  pnpmfile: [...HOOKS, 'hooks/preinstall.cjs', 'hooks/pnpmfile-stub.cjs'],
  wrapper: ['src/wrap-pnpm', 'src/cli/run-pnpm.ts'],
  configdep: [...HOOKS, 'plugin'],
};

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

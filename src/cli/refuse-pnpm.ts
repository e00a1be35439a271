import { GuardError } from '../errors.js';
import { readTree } from '../lockfile/read-tree.js';

/**
 * The guarded install of this project is one with npm.
 *
 * @throws GuardError NOT_YET, and what reading the project throws
 */
export async function refusePnpm(cwd: string): Promise<void> {
  const { format } = await readTree(cwd);
  if (format !== 'pnpm-lock') return;
  throw new GuardError(
    'NOT_YET',
    'this version does not serve a guarded install with pnpm',
    'run "phantom-guard-install check", then "pnpm install --frozen-lockfile"',
  );
}

import { GuardError } from '../errors.js';
import type { Unchecked } from '../model/resolved-tree.js';
import type { Manifest } from './manifest.js';
import { isBranchLockfile } from './pnpm/branch-lockfile-name.js';

export type Manager = 'npm' | 'pnpm';

export type ManagerChoice = {
  readonly manager: Manager;
  /** What decided, as the end of the sentence "npm is in use: …". */
  readonly because: string;
  /** The name of the lockfile that this manager will read; `null` when there is none. */
  readonly lockfile: string | null;
  /** Lockfiles that lie there and have no effect, each with the reason. */
  readonly unused: readonly Unchecked[];
};

/** Lockfiles in the order in which they win. */
const LOCKFILES: readonly (readonly [file: string, manager: string])[] = [
  ['npm-shrinkwrap.json', 'npm'],
  ['package-lock.json', 'npm'],
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
];

/** The names of all lockfiles that tell which manager a directory uses. */
export const LOCKFILE_NAMES: readonly string[] = LOCKFILES.map(([file]) => file);

/**
 * Which package manager a directory uses: `packageManager`, then `devEngines.packageManager`, then the lockfile, else npm.
 *
 * @param manifest the directory's package.json, `null` when there is none
 * @param files the names of the directory's files
 * @throws GuardError UNSUPPORTED_MANAGER for every other manager, NO_PROJECT when there is nothing to install
 */
export function detectManager(manifest: Manifest | null, files: readonly string[]): ManagerChoice {
  const present = LOCKFILES.filter(([file]) => files.includes(file));
  const branch = files.find(isBranchLockfile);
  const { name, because } = nameManager(
    manifest,
    present[0] ?? (branch === undefined ? undefined : [branch, 'pnpm']),
  );
  if (name !== 'npm' && name !== 'pnpm') throw unsupported(name, because);
  const lockfile = present.find(([, manager]) => manager === name)?.[0] ?? null;
  const unused = present
    .filter(([file]) => file !== lockfile)
    .map(([id]) => ({ id, reason: `lockfile not used: ${name} is in use here (${because})` }));
  return { manager: name, because, lockfile, unused };
}

function nameManager(
  manifest: Manifest | null,
  lockfile: readonly [file: string, manager: string] | undefined,
): { readonly name: string; readonly because: string } {
  if (manifest?.packageManager)
    return { name: manifest.packageManager, because: 'packageManager in package.json' };
  const engines = manifest?.devEngineManagers ?? [];
  const engine = engines.find((name) => name === 'npm' || name === 'pnpm') ?? engines[0];
  if (engine !== undefined) return { name: engine, because: 'devEngines in package.json' };
  if (lockfile !== undefined) return { name: lockfile[1], because: `${lockfile[0]} comes first` };
  if (manifest !== null) return { name: 'npm', because: 'nothing names another manager' };
  throw new GuardError(
    'NO_PROJECT',
    'no package.json and no lockfile in this directory',
    'Run it in the directory of a project, or name a directory, a lockfile or a package.json.',
  );
}

/** The error for a project of a manager that this program has no reader for. */
export function unsupported(name: string, because: string): GuardError {
  return new GuardError(
    'UNSUPPORTED_MANAGER',
    `${name} is in use here (${because}), and only npm and pnpm can be guarded`,
    'Name npm or pnpm as packageManager in package.json, or check names with `phantom-guard-install validate`.',
  );
}

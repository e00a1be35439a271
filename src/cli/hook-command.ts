import type { Io } from './io.js';

/** Commands that a package manager runs as a script. */
const HOOKS: ReadonlySet<string> = new Set(['preinstall', 'internal-gate']);

export function isHook(word: string | undefined): boolean {
  return word !== undefined && HOOKS.has(word);
}

/**
 * Nobody types the command line of a hook, so that its options come from PHANTOM_GUARD_OPTIONS, split at spaces. A
 * project's .npmrc and package.json can't set this variable.
 */
export function withHookOptions(argv: readonly string[], { env }: Pick<Io, 'env'>): readonly string[] {
  const [command, ...rest] = argv;
  if (command === undefined || !isHook(command)) return argv;
  const words = (env['PHANTOM_GUARD_OPTIONS'] ?? '').split(/\s+/).filter((word) => word !== '');
  return [command, ...words, ...rest];
}

/** A hook's stdout is the package manager's: results go to stderr. */
export function hookIo(io: Io): Io {
  return { ...io, stdout: io.stderr };
}

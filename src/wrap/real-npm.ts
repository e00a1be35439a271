import { access, constants, realpath } from 'node:fs/promises';
import path from 'node:path';
import { GuardError } from '../errors.js';

type Env = Readonly<Record<string, string | undefined>>;

/** Set in the environment of everything that a wrapper starts, so that a shim on the PATH lets it through. */
export const INSIDE = 'PHANTOM_GUARD_INSIDE';

/**
 * The program of that name on the PATH that is not one of ours: shims carry the name of the guard in their folder.
 *
 * @throws GuardError NO_MANAGER
 */
export async function findProgram(name: 'npm' | 'npx', env: Env): Promise<string> {
  for (const folder of (env['PATH'] ?? '').split(path.delimiter).filter(Boolean)) {
    const file = path.join(folder, name);
    if (!isShim(folder) && (await isExecutable(file))) return file;
  }
  throw new GuardError(
    'NO_MANAGER',
    `there is no ${name} on the PATH`,
    'Install npm, or put its folder on the PATH.',
  );
}

/** Where `init --global` puts the shims. */
export function isShim(folder: string): boolean {
  return path.basename(folder) === 'shims' && path.basename(path.dirname(folder)) === 'phantom-guard';
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(await realpath(file), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

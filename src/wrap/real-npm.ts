import { access, constants, open, realpath } from 'node:fs/promises';
import path from 'node:path';
import { GuardError } from '../errors.js';

type Env = Readonly<Record<string, string | undefined>>;

export type Program = 'npm' | 'npx' | 'pnpm' | 'pnpx';

/** In the second line of every shim; what has it leads to this guard and is nobody's npm. */
export const SHIM_MARK = 'phantom-guard-install shim';

/**
 * Set for a manager that a wrapper starts. A shim that finds its own mark there lets it through: another tool's shim has
 * led back to ours. What the manager's scripts start carries another mark (`npm_lifecycle_event`), and is guarded.
 */
export const INSIDE = 'PHANTOM_GUARD_INSIDE';

/** The value of `INSIDE` for what is started from this environment; the shims compute the same. */
export function insideMark(env: Env): string {
  return `1:${env['npm_lifecycle_event'] ?? ''}:${env['npm_package_json'] ?? ''}`;
}

/**
 * The program of that name on the PATH that is not one of our shims.
 *
 * @throws GuardError NO_MANAGER
 */
export async function findProgram(name: Program, env: Env): Promise<string> {
  for (const folder of (env['PATH'] ?? '').split(path.delimiter).filter(Boolean)) {
    const file = path.join(folder, name);
    if ((await isExecutable(file)) && !(await isShim(file))) return file;
  }
  throw new GuardError(
    'NO_MANAGER',
    `there is no ${name} on the PATH`,
    `Install ${name}, or put its folder on the PATH.`,
  );
}

/** Whether a file is one of the shims that `init --global` writes. */
export async function isShim(file: string): Promise<boolean> {
  const handle = await open(file, 'r').catch(() => null);
  if (handle === null) return false;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(256), 0, 256, 0);
    return buffer.subarray(0, bytesRead).includes(SHIM_MARK);
  } finally {
    await handle.close();
  }
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(await realpath(file), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

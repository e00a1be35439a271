import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { ownFolder } from '../doctor/own-files.js';
import type { HookState } from '../doctor/read-hooks.js';

type Env = Readonly<Record<string, string | undefined>>;

const COPIED = ['package.json', 'dist', 'data', 'hooks'];

/**
 * The environment in which the hooks of a project find a guard. Theirs lies in the project or on the registry, and neither
 * is there in a self-test: so a copy of that, or of this very package, stands where the user's would.
 */
export async function guardForHooks(
  { guard }: Pick<HookState, 'guard'>,
  project: string,
  folder: string,
  env: Env,
): Promise<Env> {
  if (guard === null || guard === 'user') return env;
  const inProject = path.join(project, 'node_modules', 'phantom-guard-install');
  const from = guard === 'project' ? inProject : ownFolder();
  const to = path.join(folder, 'node_modules', 'phantom-guard-install');
  await mkdir(to, { recursive: true });
  for (const name of COPIED) await cp(path.join(from, name), path.join(to, name), { recursive: true });
  return { ...env, PHANTOM_GUARD_HOME: folder };
}

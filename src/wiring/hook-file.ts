import path from 'node:path';
import { GuardError } from '../errors.js';
import { fileChange, type Plan } from './change.js';
import { readBytes } from './read-bytes.js';
import type { WiredProject } from './wiring.js';

type Part = Pick<Plan, 'changes' | 'notes'>;

/** The folder of a project that holds copies of this package's hooks. */
export const HOOK_FOLDER = '.phantom-guard';

/** A file of hooks/ that a project gets a copy of. */
export type HookFile = {
  /** In hooks/, and in the folder of the project. */
  readonly name: 'preinstall.cjs' | 'pnpmfile.cjs';
  /** How every version of it begins. */
  readonly header: string;
};

/** Finds the guard; the hooks of npm and of pnpm need it. */
export const FINDER: HookFile = {
  name: 'preinstall.cjs',
  header: '// The `preinstall` script of a guarded project:',
};
/** What the stub loads. */
export const PNPM_HOOKS: HookFile = {
  name: 'pnpmfile.cjs',
  header: "// pnpm's hooks of a guarded project,",
};

/** The copy of one hook. @throws GuardError USAGE where a file of somebody else has its name, INTERNAL */
export async function planHookFile({ dir, running }: WiredProject, hook: HookFile): Promise<Part> {
  const wanted = await ownHook(running.root, hook.name);
  const present = await readBytes(hookPath(dir, hook));
  if (present !== null && !isCopyOf(present, hook)) {
    throw new GuardError(
      'USAGE',
      `${HOOK_FOLDER}/${hook.name} is there, and is not this program's`,
      'Move it away, then run init again.',
    );
  }
  return { changes: fileChange(hookPath(dir, hook), present, wanted), notes: [] };
}

/** The removal of the copy, of whatever version it is. */
export async function unplanHookFile({ dir }: WiredProject, hook: HookFile): Promise<Part> {
  const present = await readBytes(hookPath(dir, hook));
  if (present === null) return { changes: [], notes: [] };
  return isCopyOf(present, hook)
    ? { changes: fileChange(hookPath(dir, hook), present, null), notes: [] }
    : { changes: [], notes: [`${HOOK_FOLDER}/${hook.name} is not this program's, and stays.`] };
}

/** Whether the project has a copy of it, of whatever version. */
export async function hasHookFile(dir: string, hook: HookFile): Promise<boolean> {
  const present = await readBytes(hookPath(dir, hook));
  return present !== null && isCopyOf(present, hook);
}

/** The bytes of a file in hooks/ of this package. @throws GuardError INTERNAL */
export async function ownHook(root: string, name: string): Promise<Buffer> {
  const source = path.join(root, 'hooks', name);
  const bytes = await readBytes(source);
  if (bytes !== null) return bytes;
  throw new GuardError('INTERNAL', `${source} is missing`, 'Install phantom-guard-install again.');
}

function hookPath(dir: string, { name }: HookFile): string {
  return path.join(dir, HOOK_FOLDER, name);
}

function isCopyOf(bytes: Buffer, { header }: HookFile): boolean {
  return bytes.subarray(0, header.length).toString('utf8') === header;
}

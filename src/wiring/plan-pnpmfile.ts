import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { GuardError } from '../errors.js';
import { fileChange } from './change.js';
import { hasHookFile, ownHook, PNPM_HOOKS } from './hook-file.js';
import { STUB } from './pnpm-detours.js';
import { readBytes } from './read-bytes.js';
import type { Part, WiredProject } from './wiring.js';

/** The hooks that the project had before; those of the guard call them. */
export const USER_FILE = '.pnpmfile.user.cjs';
const HEADER = '// phantom-guard-install. pnpm-lock.yaml holds a checksum of this file';
const NOTHING: Part = { changes: [], notes: [] };

type Seen = {
  readonly stub: Buffer;
  readonly main: Buffer | null;
  readonly user: Buffer | null;
  /** Whose .pnpmfile.cjs it is. */
  readonly owner: 'nobody' | 'guard' | 'user';
  /** The project was wired, or is half wired by a run that was killed. */
  readonly hasHooks: boolean;
};

/**
 * The stub as .pnpmfile.cjs. What was there before lies beside it first, so that its hooks are in one of the two at every
 * moment.
 *
 * @throws GuardError USAGE where hooks of the user would be lost, or would be called for the first time
 */
export async function planPnpmfile({ dir, running }: WiredProject): Promise<Part> {
  const seen = await look(dir, running.root);
  const { stub, main, user, owner, hasHooks } = seen;
  const writeStub = fileChange(path.join(dir, STUB), main, stub);
  if (owner === 'guard' || (owner === 'nobody' && (user === null || hasHooks)))
    return { changes: writeStub, notes: [] };
  if (user !== null && !isCopied(seen)) throw bothThere(owner === 'user');
  const mode = (await lstat(path.join(dir, STUB))).mode & 0o777;
  return { changes: [...fileChange(path.join(dir, USER_FILE), user, main, mode), ...writeStub], notes: [] };
}

/** What the user's hooks were called before is what they are called again. @throws GuardError USAGE */
export async function unplanPnpmfile({ dir, running }: WiredProject): Promise<Part> {
  const seen = await look(dir, running.root);
  const { main, user, owner, hasHooks } = seen;
  const dropUser = fileChange(path.join(dir, USER_FILE), user, null);
  if (owner === 'guard' || (owner === 'nobody' && hasHooks)) {
    const mode = user === null ? null : (await lstat(path.join(dir, USER_FILE))).mode & 0o777;
    return { changes: [...fileChange(path.join(dir, STUB), main, user, mode), ...dropUser], notes: [] };
  }
  if (!hasHooks || user === null) return NOTHING;
  if (isCopied(seen)) return { changes: dropUser, notes: [] };
  return { changes: [], notes: [`${STUB} is not this program's, so ${USER_FILE} stays beside it.`] };
}

/** A run was killed between the copy and what comes after it. */
function isCopied({ main, user, hasHooks }: Seen): boolean {
  return hasHooks && main !== null && user !== null && main.equals(user);
}

async function look(dir: string, root: string): Promise<Seen> {
  for (const name of [STUB, USER_FILE]) await assertNoLink(path.join(dir, name), name);
  const stub = await ownHook(root, 'pnpmfile-stub.cjs');
  const main = await readBytes(path.join(dir, STUB));
  const user = await readBytes(path.join(dir, USER_FILE));
  return { stub, main, user, owner: ownerOf(main, stub), hasHooks: await hasHookFile(dir, PNPM_HOOKS) };
}

function ownerOf(main: Buffer | null, stub: Buffer): Seen['owner'] {
  if (main === null) return 'nobody';
  const text = main.toString('utf8');
  if (text.replaceAll('\r\n', '\n') === stub.toString('utf8')) return 'guard';
  if (!text.startsWith(HEADER)) return 'user';
  throw new GuardError(
    'USAGE',
    `${STUB} is this program's, and somebody changed it`,
    `Move what was added to ${USER_FILE} (module.exports = { hooks }), delete ${STUB}, then run the command again.`,
  );
}

/** Node looks for what the stub loads beside the target of a link. */
async function assertNoLink(file: string, name: string): Promise<void> {
  const found = await lstat(file).catch(() => null);
  if (found?.isSymbolicLink() !== true) return;
  throw new GuardError(
    'USAGE',
    `${name} is a link`,
    `Put the file itself in its place, then run the command again.`,
  );
}

function bothThere(hasMain: boolean): GuardError {
  return new GuardError(
    'USAGE',
    hasMain
      ? `${STUB} and ${USER_FILE} are both there, and the hooks of ${STUB} have to move to ${USER_FILE}`
      : `${USER_FILE} is there, and init would make its hooks run`,
    hasMain
      ? `Join them in ${STUB}, remove ${USER_FILE}, then run init again.`
      : `Rename it to ${STUB} where it is to run, else to another name, then run init again.`,
  );
}

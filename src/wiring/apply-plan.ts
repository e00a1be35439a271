import { mkdir, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { replaceFile } from '../config/replace-file.js';
import { GuardError } from '../errors.js';
import type { Change, FileChange, Plan } from './change.js';
import { copyFolder, removeFolder } from './copy-folder.js';
import { readBytes } from './read-bytes.js';

/**
 * Writes what a plan says, in its order. Each file is replaced as a whole, so that after an end at any moment every file
 * is as before or as planned, and the same command finishes the rest.
 *
 * @throws GuardError PROJECT_CHANGED when a file is no longer as it was shown, OUTPUT_UNWRITABLE
 */
export async function applyPlan({ changes, emptied }: Plan): Promise<void> {
  for (const change of changes) if (change.kind === 'file') await assertUnchanged(change);
  for (const change of changes) await apply(change);
  for (const folder of emptied) await removeIfEmpty(folder);
}

async function apply(change: Change): Promise<void> {
  try {
    if (change.kind === 'file') await applyFile(change);
    else if (change.source === null) await removeFolder(change.path);
    else await copyFolder(change.source, change.path, change.files);
  } catch (error) {
    if (error instanceof GuardError) throw error;
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const hint = 'Check the permissions of its folder and the space on the disk, then run the command again.';
    throw new GuardError('OUTPUT_UNWRITABLE', `${change.path} cannot be written: ${why}`, hint, error);
  }
}

async function applyFile({ path: file, after, mode }: FileChange): Promise<void> {
  if (after === null) {
    await rm(file, { force: true });
    return;
  }
  await mkdir(path.dirname(file), { recursive: true });
  await replaceFile(file, after, mode);
}

async function assertUnchanged({ path: file, before }: FileChange): Promise<void> {
  const now = await readBytes(file);
  if (before === null || now === null ? before === now : before.equals(now)) return;
  throw new GuardError(
    'PROJECT_CHANGED',
    `${file} was changed meanwhile, and nothing was written`,
    'Run the command again to see the change as it is now.',
  );
}

async function removeIfEmpty(folder: string): Promise<void> {
  try {
    await rmdir(folder);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code !== 'ENOENT' && code !== 'ENOTEMPTY' && code !== 'EEXIST' && code !== 'ENOTDIR') throw error;
  }
}

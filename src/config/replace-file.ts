import { randomBytes } from 'node:crypto';
import { mkdir, open, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { GuardError } from '../errors.js';

/** For the user alone, as the XDG base directory specification has it; a project's folder is there already. */
const NEW_DIRECTORY_MODE = 0o700;
const NEW_FILE_MODE = 0o666;

/**
 * Writes a file as a whole: readers see the old text or the new one. A link stays and its target is replaced;
 * permissions stay. `newMode` are those of a new file, whatever the umask; `null` = as the umask has it.
 *
 * @throws GuardError OUTPUT_UNWRITABLE
 */
export async function replaceFile(
  file: string,
  content: string | Buffer,
  newMode: number | null = null,
): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: NEW_DIRECTORY_MODE });
    const target = await targetOf(file);
    const temporary = path.join(
      path.dirname(target.path),
      `.${path.basename(target.path)}.${randomBytes(6).toString('hex')}.tmp`,
    );
    try {
      await writeNew(temporary, content, target.mode ?? newMode);
      await rename(temporary, target.path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const hint = 'Check the permissions of the file and of its folder, and the space on the disk.';
    throw new GuardError('OUTPUT_UNWRITABLE', `${file} cannot be written: ${why}`, hint, error);
  }
}

type Target = { readonly path: string; readonly mode: number | null };

async function targetOf(file: string): Promise<Target> {
  try {
    const target = await realpath(file);
    return { path: target, mode: (await stat(target)).mode & 0o7777 };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return { path: file, mode: null };
    throw error;
  }
}

async function writeNew(file: string, content: string | Buffer, mode: number | null): Promise<void> {
  const handle = await open(file, 'wx', mode ?? NEW_FILE_MODE);
  try {
    await handle.writeFile(content, 'utf8');
    // What open() was told is subject to the umask.
    if (mode !== null) await handle.chmod(mode);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

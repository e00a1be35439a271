import { asGuardError } from '../lockfile/read-text.js';
import { readIfThere } from '../wrap/project-files.js';

/** The bytes of a file, through links; `null` where there is none. @throws GuardError INPUT_UNREADABLE */
export async function readBytes(file: string): Promise<Buffer | null> {
  try {
    return await readIfThere(file);
  } catch (error) {
    throw asGuardError(file, error);
  }
}

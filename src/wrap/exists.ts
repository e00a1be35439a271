import { access } from 'node:fs/promises';
import { readIfThere } from './project-files.js';

/** A file that can be read, or anything else of that name. */
export async function exists(file: string): Promise<boolean> {
  return (
    (await readIfThere(file).catch(() => true)) !== null ||
    access(file).then(
      () => true,
      () => false,
    )
  );
}

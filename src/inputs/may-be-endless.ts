import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { devNull } from 'node:os';

/**
 * Whether it could take for ever to read a file to its end: a device, a pipe, or a file of /proc, whose size is 0 whatever
 * it holds. `false` where nothing is.
 *
 * @throws what the file system says of a file that may not be opened
 */
export function mayBeEndless(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined || found.isDirectory() || path === devNull) return false;
  if (!found.isFile()) return found.rdev !== statSync(devNull).rdev;
  return found.size === 0 && !isEmpty(path);
}

function isEmpty(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    return readSync(file, new Uint8Array(1)) === 0;
  } catch {
    // Some files of /proc give no single byte.
    return false;
  } finally {
    closeSync(file);
  }
}

import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';

/** A link is an error, and a named pipe is not waited for. Windows has neither flag. */
export const NO_LINK = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * The bytes of a file; `null` where it has more than `maxBytes`.
 *
 * @throws errors of the file system, ELOOP for a link, EISDIR for a folder, EINVAL for a pipe or a device
 */
export function readRegularFile(path: string, maxBytes: number): Buffer | null {
  const file = openSync(path, NO_LINK);
  try {
    const status = fstatSync(file);
    if (!status.isFile() && !status.isDirectory()) {
      throw Object.assign(new Error(`${path} is not a file`), { code: 'EINVAL' });
    }
    return status.size > maxBytes ? null : readFileSync(file);
  } finally {
    closeSync(file);
  }
}

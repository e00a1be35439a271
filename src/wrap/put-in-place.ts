import { randomBytes } from 'node:crypto';
import { chmod, rename, stat, writeFile } from 'node:fs/promises';

/** By rename, so that there is the old file or the new one. */
export async function putInPlace(file: string, bytes: Buffer): Promise<void> {
  const temporary = `${file}.${randomBytes(6).toString('hex')}.phantom-guard`;
  const there = await stat(file).catch(() => null);
  await writeFile(temporary, bytes, { flag: 'wx', mode: 0o644 });
  // What a new file is made with is subject to the umask.
  if (there !== null) await chmod(temporary, there.mode & 0o777);
  await rename(temporary, file);
}

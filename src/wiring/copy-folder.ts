import { randomBytes } from 'node:crypto';
import { chmod, copyFile, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { readIfThere } from '../wrap/project-files.js';

/** All files below a folder, relative to it and in order; links are followed. */
export async function listFiles(folder: string, below = ''): Promise<readonly string[]> {
  const names = await readdir(path.join(folder, below)).catch(() => []);
  const lists = await Promise.all(
    names.toSorted().map(async (name) => {
      const file = path.join(below, name);
      return (await stat(path.join(folder, file))).isDirectory() ? await listFiles(folder, file) : [file];
    }),
  );
  return lists.flat();
}

/** Whether these files, and no others, are in both folders with the same bytes. */
export async function sameFolder(a: string, b: string, files: readonly string[]): Promise<boolean> {
  const present = new Set(await listFiles(b));
  if (present.size !== files.length || !files.every((file) => present.has(file))) return false;
  for (const file of files) {
    const other = await readIfThere(path.join(b, file));
    if (other === null || !(await readFile(path.join(a, file))).equals(other)) return false;
  }
  return true;
}

/** Makes `target` a copy of these files of `source`: complete beside it first, then in its place. */
export async function copyFolder(source: string, target: string, files: readonly string[]): Promise<void> {
  const parent = path.dirname(target);
  await mkdir(parent, { recursive: true });
  await sweep(target);
  const staging = beside(target);
  for (const file of files) {
    const copy = path.join(staging, file);
    await mkdir(path.dirname(copy), { recursive: true });
    await copyFile(path.join(source, file), copy);
    // Whatever the package lay in, the copy is the user's to read and replace.
    const isProgram =
      ((await stat(path.join(source, file))).mode & 0o111) !== 0 || file.endsWith('script-shell');
    await chmod(copy, isProgram ? 0o755 : 0o644);
  }
  const replaced = await moveAway(target);
  await rename(staging, target);
  if (replaced !== null) await rm(replaced, { recursive: true, force: true });
}

/** Removes a folder: it loses its name at once, so that nobody finds half of it. */
export async function removeFolder(target: string): Promise<void> {
  await moveAway(target);
  await sweep(target);
}

async function moveAway(target: string): Promise<string | null> {
  const away = beside(target);
  try {
    await rename(target, away);
    return away;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function beside(target: string): string {
  return path.join(path.dirname(target), `.${path.basename(target)}-${randomBytes(6).toString('hex')}`);
}

/** What a run that was killed has left. */
async function sweep(target: string): Promise<void> {
  const prefix = `.${path.basename(target)}-`;
  const names = await readdir(path.dirname(target)).catch(() => []);
  const left = names.filter(
    (name) => name.startsWith(prefix) && /^[0-9a-f]{12}$/.test(name.slice(prefix.length)),
  );
  for (const name of left) await rm(path.join(path.dirname(target), name), { recursive: true, force: true });
}

import { access, constants, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { isShim } from '../wrap/real-npm.js';

type Env = Readonly<Record<string, string | undefined>>;

/** What a shell finds under a name. */
export type FoundProgram = { readonly file: string; readonly isShim: boolean };

/** Every program of that name on the PATH, in the order in which a shell looks; ours and everybody's. */
export async function findOnPath(name: string, env: Env): Promise<readonly FoundProgram[]> {
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter(Boolean);
  const names = process.platform === 'win32' ? [`${name}.cmd`, `${name}.exe`] : [name];
  const found: FoundProgram[] = [];
  for (const file of folders.flatMap((folder) => names.map((one) => path.join(folder, one)))) {
    if (await isExecutable(file)) found.push({ file, isShim: await isShim(file) });
  }
  return found;
}

export async function isExecutable(file: string): Promise<boolean> {
  try {
    const there = await realpath(file);
    await access(there, constants.X_OK);
    return (await stat(there)).isFile();
  } catch {
    return false;
  }
}

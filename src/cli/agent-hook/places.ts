import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** A folder or file that a line names, absolute. */
export function resolvePlace(place: string, cwd: string, home: string): string {
  const plain = place.replace(/^~(?=\/|$)/, () => home);
  return path.resolve(cwd, plain);
}

const LOCKFILES = [
  'package-lock.json',
  'npm-shrinkwrap.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  'bun.lock',
  'bun.lockb',
];

/** The project that a manager finds from a folder: where the lockfile is, else the nearest package.json; `null` = none. */
export function projectAbove(dir: string): string | null {
  const folders = foldersAbove(dir);
  const isThere = (folder: string, name: string): boolean => existsSync(path.join(folder, name));
  const nearest = folders.find((folder) => isThere(folder, 'package.json')) ?? null;
  if (nearest === null) return null;
  const locked = folders.find((folder) => LOCKFILES.some((name) => isThere(folder, name)));
  return locked !== undefined && isThere(locked, 'package.json') ? locked : nearest;
}

/** Whether `npx NAME` finds the program in the project, and downloads nothing. */
export function isInstalledHere(name: string, dir: string): boolean {
  return foldersAbove(dir).some((folder) => {
    const modules = path.join(folder, 'node_modules');
    return (
      existsSync(path.join(modules, name)) ||
      (!name.includes('/') && existsSync(path.join(modules, '.bin', name)))
    );
  });
}

/** A text file of at most so many bytes; `null` = it isn't there, is none, or is longer. */
export function readSmallFile(file: string, mostBytes: number): string | null {
  try {
    const found = statSync(file);
    return found.isFile() && found.size <= mostBytes ? readFileSync(file, 'utf8') : null;
  } catch {
    // Who runs it will be told the same.
    return null;
  }
}

function foldersAbove(dir: string): readonly string[] {
  const folders = [dir];
  for (let folder = dir; folder !== path.dirname(folder); folder = path.dirname(folder))
    folders.push(path.dirname(folder));
  return folders;
}

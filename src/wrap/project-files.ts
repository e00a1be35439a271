import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** What npm may change in a project's folder, beside node_modules. */
export const PROJECT_FILES = ['package.json', 'package-lock.json', 'npm-shrinkwrap.json'] as const;

/** The first that is there counts. */
export const LOCKFILES = ['npm-shrinkwrap.json', 'package-lock.json'] as const;

export type ProjectFile = (typeof PROJECT_FILES)[number];
/** File to its bytes; `null` = there is none. */
export type ProjectFiles = ReadonlyMap<ProjectFile, Buffer | null>;

export async function readProjectFiles(root: string): Promise<ProjectFiles> {
  const files = new Map<ProjectFile, Buffer | null>();
  for (const name of PROJECT_FILES) files.set(name, await readIfThere(path.join(root, name)));
  return files;
}

/** Whether two readings show the same bytes. */
export function sameFiles(a: ProjectFiles, b: ProjectFiles): boolean {
  return PROJECT_FILES.every((name) => digest(a.get(name)) === digest(b.get(name)));
}

export async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return null;
    throw error;
  }
}

function digest(bytes: Buffer | null | undefined): string | null {
  return bytes === null || bytes === undefined ? null : createHash('sha256').update(bytes).digest('hex');
}

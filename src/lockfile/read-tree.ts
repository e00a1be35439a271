import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ResolvedTree } from '../model/resolved-tree.js';
import { finishTree } from './finish-tree.js';
import { unsupported } from './manager.js';
import { projectOf, readLockfile } from './read-lockfile.js';
import { readManifest } from './read-manifest.js';
import { readManifestTree, readProject } from './read-project.js';
import { asGuardError } from './read-text.js';

const OTHER_MANAGERS: ReadonlyMap<string, string> = new Map([
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
]);

/**
 * Reads the tree that `path` stands for. A directory is judged by its lockfile and by what its manifests ask for beyond
 * it, a lockfile by itself, a package.json by the names that it declares.
 *
 * @param path absolute path of a project directory, a lockfile or a package.json
 * @throws GuardError INPUT_NOT_FOUND, INPUT_UNREADABLE, INPUT_TOO_LARGE, NO_PROJECT, UNSUPPORTED_MANAGER,
 * MANIFEST_UNREADABLE, LOCKFILE_CONFLICT, LOCKFILE_DUPLICATE_KEY, LOCKFILE_UNREADABLE, LOCKFILE_VERSION_UNKNOWN
 */
export async function readTree(path: string): Promise<ResolvedTree> {
  if (await isDirectory(path)) return readProject(path);
  const file = basename(path);
  if (file === 'package.json') return readManifestTree(path);
  const other = OTHER_MANAGERS.get(file);
  if (other !== undefined) throw unsupported(other, `${file} is its lockfile`);
  const manifest = await readManifest(join(projectOf(path), 'package.json'));
  return finishTree(await readLockfile(path, manifest));
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    throw asGuardError(path, error);
  }
}

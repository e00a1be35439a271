import { basename, dirname, join } from 'node:path';
import type { TreeFormat } from '../model/resolved-tree.js';
import type { DraftTree } from './draft-tree.js';
import type { LockfileText } from './lockfile-error.js';
import type { Manifest } from './manifest.js';
import { parsePackageLock } from './npm/parse-package-lock.js';
import { readText } from './read-text.js';

const NPM_FORMATS: ReadonlyMap<string, TreeFormat> = new Map([
  ['npm-shrinkwrap.json', 'npm-shrinkwrap'],
  ['.package-lock.json', 'hidden-lockfile'],
]);

/**
 * Reads a lockfile of npm or pnpm, told apart by their names, else by the first character.
 *
 * @param manifest the project's package.json, where there is one
 * @throws GuardError INPUT_NOT_FOUND, INPUT_UNREADABLE, INPUT_TOO_LARGE, LOCKFILE_CONFLICT, LOCKFILE_DUPLICATE_KEY,
 * LOCKFILE_UNREADABLE, LOCKFILE_VERSION_UNKNOWN
 */
export async function readLockfile(path: string, manifest: Manifest | null): Promise<DraftTree> {
  const input = await readText(path);
  if (!isYaml(input)) {
    const format = NPM_FORMATS.get(input.file) ?? 'package-lock';
    return parsePackageLock({ ...input, format, path, manifest });
  }
  const { readPnpmDocuments, parsePnpmLock } = await import('./pnpm/index.js');
  return parsePnpmLock({ file: input.file, path, documents: await readPnpmDocuments(input) });
}

/**
 * Reads the pnpm lockfiles of a folder of which one or the other counts, by settings and version, as one tree.
 *
 * @param paths one or more; the tree is known by the first
 * @throws GuardError as {@link readLockfile}
 */
export async function readPnpmLockfiles(paths: readonly [string, ...string[]]): Promise<DraftTree> {
  const { readPnpmDocuments, parsePnpmLock } = await import('./pnpm/index.js');
  const documents: unknown[] = [];
  for (const path of paths) documents.push(...(await readPnpmDocuments(await readText(path))));
  return parsePnpmLock({ file: basename(paths[0]), path: paths[0], documents });
}

/** The folder of the project that a lockfile belongs to. */
export function projectOf(path: string): string {
  const folder = dirname(path);
  return basename(path) === '.package-lock.json' && basename(folder) === 'node_modules'
    ? join(folder, '..')
    : folder;
}

function isYaml({ file, text }: LockfileText): boolean {
  if (/\.ya?ml$/i.test(file)) return true;
  return !/\.json$/i.test(file) && !/^\s*[{[]/.test(text);
}

import { LOCKFILE_NAMES } from '../lockfile/manager.js';

/** What the readers look at in the folder of a project, beside the manifests of its workspace projects. */
const OF_THE_PROJECT: ReadonlySet<string> = new Set([
  ...LOCKFILE_NAMES,
  'package.json',
  'pnpm-workspace.yaml',
  '.npmrc',
]);

/**
 * Whether reading a tree may look at `path`. Every manifest below the project counts: the lockfile and the patterns of
 * the workspace say which are projects.
 *
 * @param file the lockfile or package.json that was named; `null` for a directory
 */
export function mayBeRead(path: string, file: string | null): boolean {
  if (path === file || OF_THE_PROJECT.has(path)) return true;
  return path.endsWith('/package.json') && !path.split('/').includes('node_modules');
}

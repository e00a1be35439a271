import { readdirSync } from 'node:fs';

/**
 * The names of the folders, and links, in a folder, as `folder/*` of a workspace means them: without hidden ones and
 * node_modules. `null` where there is no such folder.
 */
export function visibleFolders(folder: string): readonly string[] | null {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((one) => one.isDirectory() || one.isSymbolicLink())
      .map(({ name }) => name)
      .filter((name) => name !== 'node_modules' && !name.startsWith('.'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return null;
    throw error;
  }
}

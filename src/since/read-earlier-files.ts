import { treeAt } from './find-folder.js';
import type { Git } from './git.js';
import { listBlobs } from './list-blobs.js';
import { readBlobs } from './read-blobs.js';

/** The bytes of files by their names, as they were at a commit. */
export type EarlierFiles = ReadonlyMap<string, Buffer>;

/**
 * Reads regular files of git's folder as they were at a commit; what was not there is left out.
 *
 * @param folder where git's folder lies in its repository
 * @param names of files in the folder itself
 * @throws GuardError SINCE_UNUSABLE
 */
export async function readEarlierFiles(
  git: Git,
  { commit, folder }: { readonly commit: string; readonly folder: string },
  names: readonly string[],
): Promise<EarlierFiles> {
  const tree = await treeAt(git, commit, folder);
  const blobs = tree === null ? [] : await listBlobs(git, tree, names);
  const ids = blobs.map(({ id }) => id);
  const contents = await readBlobs(git, ids);
  return new Map(blobs.map(({ path }, index) => [path, contents[index] ?? Buffer.of()]));
}

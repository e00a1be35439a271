import type { Git } from './git.js';
import { gitFailed } from './since-error.js';

/** A regular file of a commit: its path below the folder that was listed, `/`-separated, and the id of its content. */
export type Blob = { readonly path: string; readonly id: string };

/**
 * The regular files of a tree, in all its folders. Links and submodules are left out, and so are paths that no work
 * tree can hold: whoever made the commit may have meant them to lead out of it.
 *
 * @param names only the files of these names in the folder itself; `null` = all
 * @throws GuardError SINCE_UNUSABLE
 */
export async function listBlobs(
  git: Git,
  tree: string,
  names: readonly string[] | null = null,
): Promise<readonly Blob[]> {
  const which = names === null ? ['-r', tree] : [tree, '--', ...names];
  const { ok, stdout, stderr } = await git.run(['ls-tree', '-z', '--full-tree', ...which]);
  if (!ok) throw gitFailed(stderr);
  const lines = stdout.toString('utf8').split('\0');
  return lines.flatMap(parseLine).filter(({ path }) => staysInside(path));
}

function parseLine(line: string): readonly Blob[] {
  const match = /^100\d{3} blob ([0-9a-f]+)\t(.+)$/s.exec(line);
  return match === null ? [] : [{ id: match[1] ?? '', path: match[2] ?? '' }];
}

function staysInside(path: string): boolean {
  return path.split('/').every((part) => !['', '.', '..'].includes(part) && !/[\\:]/.test(part));
}

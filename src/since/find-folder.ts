import type { Git } from './git.js';
import { gitFailed, noWorkTree } from './since-error.js';

/**
 * The path of git's folder in its repository, `/`-separated; empty at the top.
 *
 * @throws GuardError SINCE_UNUSABLE
 */
export async function findFolder(git: Git): Promise<string> {
  const { ok, stdout, stderr } = await git.run(['rev-parse', '--is-inside-work-tree', '--show-prefix']);
  if (!ok) throw gitFailed(stderr);
  const [isInside, ...prefix] = stdout.toString('utf8').split('\n');
  if (isInside !== 'true') throw noWorkTree();
  return prefix.join('\n').replace(/\/?\n$/, '');
}

/** The id of what a folder held at a commit; `null` when there was no such folder. */
export async function treeAt(git: Git, commit: string, folder: string): Promise<string | null> {
  const id = folder === '' ? commit : await git.objectId(`${commit}:${folder}`);
  return id === null ? null : await git.objectId(`${id}^{tree}`);
}

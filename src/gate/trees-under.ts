import { dirname, join, relative, sep } from 'node:path';
import { readLanded } from '../landed/read-landed.js';
import { readManifest } from '../lockfile/read-manifest.js';
import type { ResolvedTree } from '../model/resolved-tree.js';

/** A tree on the disk, and the folders whose scripts it speaks for. */
export type ScriptTree = { readonly tree: ResolvedTree; readonly roots: readonly string[] };

/** Folders above a project in which a workspace root is looked for. */
const MAX_CLIMB = 32;

/**
 * Reads everything that was unpacked for the scripts of `root`. A project of a workspace has its packages in the
 * workspace's root too; then that one's tree is read, of which `root` is a part.
 *
 * @throws GuardError as {@link readLanded}
 */
export async function readScriptTree(root: string, words: readonly string[]): Promise<ScriptTree> {
  let above = dirname(root);
  for (let climbed = 0; climbed < MAX_CLIMB && above !== dirname(above); climbed++, above = dirname(above)) {
    if (!(await hasWorkspaces(above))) continue;
    const tree = await readLanded(above, { words });
    const path = relative(above, root).split(sep).join('/');
    if (tree.importers.some((importer) => importer.path === path)) return spokenFor(above, tree);
  }
  return spokenFor(root, await readLanded(root, { words }));
}

function spokenFor(root: string, tree: ResolvedTree): ScriptTree {
  return { tree, roots: tree.importers.map(({ path }) => (path === '.' ? root : join(root, path))) };
}

/** A package.json somewhere above that can't be read is not the workspace's. */
async function hasWorkspaces(directory: string): Promise<boolean> {
  try {
    return ((await readManifest(join(directory, 'package.json')))?.workspaces.length ?? 0) > 0;
  } catch {
    return false;
  }
}

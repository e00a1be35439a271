import semver from 'semver';
import { GuardError, type GuardErrorCode } from '../errors.js';
import { readTree } from '../lockfile/read-tree.js';
import type { ResolvedTree, TreeEntry } from '../model/resolved-tree.js';
import type { Io } from './io.js';

/** A tree, and the ids of the entries in it that are meant; `null` = all. */
export type Meant = { readonly tree: ResolvedTree; readonly only: ReadonlySet<string> | null };

/** There is no tree here that could have the package. */
const NO_TREE: ReadonlySet<GuardErrorCode> = new Set<GuardErrorCode>([
  'NO_PROJECT',
  'INPUT_NOT_FOUND',
  'UNSUPPORTED_MANAGER',
]);

/** What the specs mean in the project's own tree; the specs themselves, as direct dependencies, where it has none of them. */
export async function findInProject(asked: ResolvedTree, io: Io): Promise<Meant> {
  const tree = await readTree(io.cwd).catch((error: unknown) => {
    if (error instanceof GuardError && NO_TREE.has(error.code)) return null;
    throw error;
  });
  const meant = tree?.entries.filter((entry) => asked.entries.some((one) => isMeant(one, entry))) ?? [];
  return tree === null || meant.length === 0
    ? { tree: asked, only: null }
    : { tree, only: new Set(meant.map(({ id }) => id)) };
}

function isMeant(asked: TreeEntry, entry: TreeEntry): boolean {
  if (asked.name !== entry.name || asked.source !== 'registry' || entry.source !== 'registry') return false;
  const range = asked.version ?? asked.spec;
  return range === null || (entry.version !== null && semver.satisfies(entry.version, range, true));
}

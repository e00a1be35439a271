import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { GuardError, type GuardErrorCode } from '../errors.js';
import { readTree } from '../lockfile/read-tree.js';
import { uncheckedLine } from '../lockfile/unchecked-reason.js';

/** What the guard would see of the project. */
export type TreeFacts = {
  /** Dependencies that package.json names. */
  readonly asked: number;
  /** Packages in the tree that is judged, without the project's own. */
  readonly entries: number;
  /** Those of them that no registry can be asked about. */
  readonly unchecked: number;
  /** Why there is no tree; `null` = there is one, or no project. */
  readonly problem: { readonly message: string; readonly hint: string } | null;
};

const NO_PROJECT: ReadonlySet<GuardErrorCode> = new Set<GuardErrorCode>(['NO_PROJECT', 'INPUT_NOT_FOUND']);
const FIELDS = ['dependencies', 'devDependencies', 'optionalDependencies'] as const;

export async function readTreeFacts(project: string): Promise<TreeFacts> {
  const asked = await countAsked(project);
  try {
    const { entries } = await readTree(project);
    const foreign = entries.filter(({ source }) => source !== 'workspace');
    const unchecked = foreign.filter((entry) => uncheckedLine(entry) !== null);
    return { asked, entries: foreign.length, unchecked: unchecked.length, problem: null };
  } catch (error) {
    if (!(error instanceof GuardError)) throw error;
    const problem = NO_PROJECT.has(error.code) ? null : { message: error.message, hint: error.hint };
    return { asked, entries: 0, unchecked: 0, problem };
  }
}

async function countAsked(project: string): Promise<number> {
  try {
    const manifest = JSON.parse(await readFile(path.join(project, 'package.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    return new Set(FIELDS.flatMap((field) => Object.keys((manifest[field] ?? {}) as object))).size;
  } catch {
    return 0;
  }
}

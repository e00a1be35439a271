import { stat } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { projectOf } from '../lockfile/read-lockfile.js';
import type { ReportedSince } from '../model/report.js';
import type { ResolvedTree } from '../model/resolved-tree.js';
import { changedEntries } from './changed-entries.js';
import { findFolder } from './find-folder.js';
import { createGit } from './git.js';
import type { Environment } from './git-environment.js';
import { type EarlierFiles, readEarlierFiles } from './read-earlier-files.js';
import { readEarlierTree } from './read-earlier-tree.js';
import { resolveCommit } from './resolve-commit.js';

/** What is to be judged of a tree, and what the report says about the rest. */
export type Changes = {
  readonly changed: ReadonlySet<string>;
  readonly since: ReportedSince;
  /** The files that were asked for, as far as they were there. */
  readonly files: EarlierFiles;
};

export type ChangesInput = {
  /** The tree on the disk. */
  readonly tree: ResolvedTree;
  /** The absolute path that it was read from: a directory, a lockfile or a package.json. */
  readonly target: string;
  readonly env: Environment;
  /** Ends git early. */
  readonly signal: AbortSignal;
  /** Names of files beside the lockfile whose earlier bytes are wanted. Default: none. */
  readonly names?: readonly string[];
};

/**
 * Finds the entries of a tree that differ from what git has of it at `ref`.
 *
 * @throws GuardError SINCE_UNUSABLE
 */
export async function changesSince(
  ref: string,
  { tree, target, env, signal, names = [] }: ChangesInput,
): Promise<Changes> {
  const directory = (await stat(target)).isDirectory() ? target : projectOf(target);
  const path = relative(directory, target).split(sep).join('/');
  const git = createGit({ directory, env, signal });
  const folder = await findFolder(git);
  const commit = await resolveCommit(git, ref);
  const earlier = await readEarlierTree(git, { ref, commit, folder, file: path === '' ? null : path });
  const changed = changedEntries(tree.entries, earlier?.entries ?? []);
  const files = names.length === 0 ? new Map() : await readEarlierFiles(git, { commit, folder }, names);
  return { changed, since: { ref, commit, unchanged: tree.entries.length - changed.size }, files };
}

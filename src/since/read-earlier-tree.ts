import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { GuardError } from '../errors.js';
import { readTree } from '../lockfile/read-tree.js';
import type { ResolvedTree } from '../model/resolved-tree.js';
import { mayBeRead } from './files-read.js';
import { treeAt } from './find-folder.js';
import type { Git } from './git.js';
import { type Blob, listBlobs } from './list-blobs.js';
import { readBlobs } from './read-blobs.js';
import { noTemporaryFolder, unreadableThen } from './since-error.js';

export type Earlier = {
  readonly ref: string;
  readonly commit: string;
  /** Where git's folder lies in its repository. */
  readonly folder: string;
  /** The lockfile or package.json that was named, relative to git's folder; `null` for the folder itself. */
  readonly file: string | null;
};

/** Nothing that could be compared was there: no project, or one of another manager. */
const NOTHING: ReadonlySet<string> = new Set(['NO_PROJECT', 'UNSUPPORTED_MANAGER']);

/**
 * Reads the tree of git's folder as it was at a commit, with the readers for the tree on the disk; `null` when there was
 * none.
 *
 * @throws GuardError SINCE_UNUSABLE
 */
export async function readEarlierTree(git: Git, earlier: Earlier): Promise<ResolvedTree | null> {
  const { commit, folder, file } = earlier;
  const tree = await treeAt(git, commit, folder);
  const blobs = tree === null ? [] : await listBlobs(git, tree);
  const wanted = blobs.filter(({ path }) => mayBeRead(path, file));
  if (wanted.length === 0 || (file !== null && !wanted.some(({ path }) => path === file))) return null;
  const contents = await readBlobs(
    git,
    wanted.map(({ id }) => id),
  );
  return await inTemporaryFolder(async (directory) => {
    try {
      await layOut(directory, wanted, contents);
      return await readTree(file === null ? directory : join(directory, file));
    } catch (error) {
      if (error instanceof GuardError && NOTHING.has(error.code)) return null;
      const message = error instanceof Error ? error.message : String(error);
      throw unreadableThen(earlier.ref, message.replaceAll(`${directory}/`, ''), error);
    }
  });
}

async function layOut(directory: string, blobs: readonly Blob[], contents: readonly Buffer[]): Promise<void> {
  for (const [index, { path }] of blobs.entries()) {
    const place = join(directory, path);
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, contents[index] ?? '');
  }
}

async function inTemporaryFolder<T>(use: (directory: string) => Promise<T>): Promise<T> {
  const directory = await makeTemporaryFolder();
  try {
    return await use(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function makeTemporaryFolder(): Promise<string> {
  try {
    return await mkdtemp(join(await realpath(tmpdir()), 'phantom-guard-since-'));
  } catch (error) {
    throw noTemporaryFolder(tmpdir(), error);
  }
}

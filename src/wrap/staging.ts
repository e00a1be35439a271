import { constants, copyFile, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { findLocalParts } from './local-folders.js';
import { makeStagingPlace } from './staging-place.js';

/** A copy of everything that npm reads to resolve a project, in a place of ours. */
export type Staging = {
  /** The copy of the project's folder. */
  readonly root: string;
  /** The folder of ours that holds everything. */
  readonly base: string;
  /** Copies of package.json, absolute. */
  readonly manifests: readonly string[];
  /** The place in the copy of a folder of the original; the copy's root for what is not in it. */
  readonly placeOf: (folder: string) => string;
  readonly remove: () => Promise<void>;
};

/** What npm reads beside package.json in the project's folder. */
const ROOT_FILES = [
  'package-lock.json',
  'npm-shrinkwrap.json',
  '.npmrc',
  '.npm-extension.mjs',
  '.npm-extension.cjs',
];

/**
 * Copies manifests, lockfile and local tarballs of the project in `root`, at the same places relative to one another, so
 * that npm writes the same paths into the lockfile. Nothing is installed, and nothing of the project is written.
 */
export async function stageProject(root: string, asked: readonly string[] = []): Promise<Staging> {
  const { folders, tarballs } = await findLocalParts(root, asked);
  const top = commonFolder([...folders, ...tarballs.map((file) => path.dirname(file))]);
  const base = await makeStagingPlace();
  const placeOf = (file: string): string => path.join(base, path.relative(top, file));
  const remove = () => rm(base, { recursive: true, force: true });
  const manifests: string[] = [];
  try {
    for (const folder of folders) {
      const manifest = path.join(folder, 'package.json');
      if (await copyInto(manifest, placeOf(manifest))) manifests.push(manifest);
    }
    for (const file of tarballs) await copyInto(file, placeOf(file));
    for (const name of ROOT_FILES) await copyInto(path.join(root, name), placeOf(path.join(root, name)));
    await mkdir(placeOf(root), { recursive: true });
  } catch (error) {
    await remove();
    throw error;
  }
  const isStaged = (folder: string) => folders.includes(folder);
  return {
    root: placeOf(root),
    base,
    manifests: manifests.map(placeOf),
    placeOf: (folder) => (isStaged(folder) ? placeOf(folder) : placeOf(root)),
    remove,
  };
}

/** An empty project of ours, for packages that belong to none. */
export async function stageNothing(): Promise<Staging> {
  const root = await makeStagingPlace();
  return {
    root,
    base: root,
    manifests: [],
    placeOf: () => root,
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

/** Whether there was something to copy. */
async function copyInto(from: string, to: string): Promise<boolean> {
  try {
    await mkdir(path.dirname(to), { recursive: true });
    await copyFile(from, to, constants.COPYFILE_FICLONE);
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    return false;
  }
}

function commonFolder(folders: readonly string[]): string {
  return folders.reduce((common, folder) => {
    let shared = common;
    while (folder !== shared && !folder.startsWith(shared.endsWith(path.sep) ? shared : shared + path.sep)) {
      shared = path.dirname(shared);
    }
    return shared;
  });
}

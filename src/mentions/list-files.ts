import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { GuardError } from '../errors.js';
import type { Unchecked } from '../model/resolved-tree.js';
import { createGit, type GitOptions } from '../since/git.js';

/** Files of a folder, relative to it, `/`-separated and sorted. */
export type Listing = { readonly files: readonly string[]; readonly unchecked: readonly Unchecked[] };

/** Others' code: `check` judges what is in there. */
const OF_OTHERS = new Set([
  'node_modules',
  'bower_components',
  '.git',
  '.hg',
  '.svn',
  '.yarn',
  '.pnpm-store',
]);
const MADE = new Set(['dist']);
/** Where git doesn't say what is made by tools, their usual names do. */
const MADE_BY_NAME = new Set([
  ...['dist', 'build', 'out', 'coverage', 'target', '.next', '.nuxt', '.output', '.svelte-kit', '.turbo'],
  ...['.cache', '.vite', '.parcel-cache', '.angular', '.venv', 'venv', '__pycache__', 'storybook-static'],
]);
/** No walk goes on for longer than this many files, of whatever kind. */
const MOST_WALKED = 1_000_000;

/**
 * Lists what git has, or would take, of a folder; without git, or where it has nothing, all that lies there. Nothing of
 * node_modules, and nothing behind symbolic links.
 */
export async function listFiles(directory: string, git: Omit<GitOptions, 'directory'>): Promise<Listing> {
  return (await listWithGit(directory, git)) ?? (await walk(directory));
}

async function listWithGit(
  directory: string,
  options: Omit<GitOptions, 'directory'>,
): Promise<Listing | null> {
  const paths = await gitPaths(directory, options);
  if (paths.length === 0) return null;
  const skipped = new Set<string>();
  const files = paths.filter((file) => {
    const folders = file.split('/').slice(0, -1);
    const made = folders.findIndex((folder) => MADE.has(folder));
    if (made >= 0 && !folders.some((folder) => OF_OTHERS.has(folder)))
      skipped.add(folders.slice(0, made + 1).join('/'));
    return made < 0 && !folders.some((folder) => OF_OTHERS.has(folder));
  });
  return { files: files.toSorted(), unchecked: [...skipped].toSorted().map(madeFolder) };
}

async function gitPaths(
  directory: string,
  options: Omit<GitOptions, 'directory'>,
): Promise<readonly string[]> {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'];
  try {
    const { ok, stdout } = await createGit({ ...options, directory }).run(args);
    return ok
      ? stdout
          .toString('utf8')
          .split('\0')
          .filter((file) => file !== '')
      : [];
  } catch (thrown) {
    // Without a git there is the walk; an interrupted run stays one.
    if (thrown instanceof GuardError && thrown.code === 'SINCE_UNUSABLE') return [];
    throw thrown;
  }
}

/** Lists what lies in a folder. */
async function walk(directory: string): Promise<Listing> {
  const files: string[] = [];
  const unchecked: Unchecked[] = [];
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    if (files.length >= MOST_WALKED) {
      unchecked.push({ id: folder, reason: `more than ${MOST_WALKED} files: not read from here on` });
      break;
    }
    const entries = await readdir(path.join(directory, folder), { withFileTypes: true }).catch(() => null);
    if (entries === null) unchecked.push({ id: folder || '.', reason: 'the folder could not be read' });
    const places = (entries ?? []).map((entry) => ({ entry, place: path.posix.join(folder, entry.name) }));
    files.push(...places.flatMap(({ entry, place }) => (entry.isDirectory() ? [] : [place])));
    const below = places.filter(({ entry: { name }, entry }) => entry.isDirectory() && !OF_OTHERS.has(name));
    folders.push(...below.flatMap(({ entry, place }) => (MADE_BY_NAME.has(entry.name) ? [] : [place])));
    unchecked.push(
      ...below.flatMap(({ entry, place }) => (MADE_BY_NAME.has(entry.name) ? [madeFolder(place)] : [])),
    );
  }
  return { files: files.toSorted(), unchecked: unchecked.toSorted((a, b) => (a.id < b.id ? -1 : 1)) };
}

function madeFolder(id: string): Unchecked {
  return { id, reason: 'made by a tool, as its name says: not read; name it to have it read' };
}

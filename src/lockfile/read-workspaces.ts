import { realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { noteFolders, notePlace, noteUnrepeatable } from '../inputs/trace.js';
import { visibleFolders } from '../inputs/visible-folders.js';
import type { Unchecked } from '../model/resolved-tree.js';
import { type Manifest, unreadableManifest } from './manifest.js';
import { readManifest } from './read-manifest.js';

/** A project of the workspace: its path relative to the root, `/`-separated, and its manifest. */
export type Member = { readonly path: string; readonly manifest: Manifest };
export type Members = { readonly members: readonly Member[]; readonly unchecked: readonly Unchecked[] };

/**
 * Reads the manifests of the workspace projects which lie inside of `directory`.
 *
 * @param patterns the globs of `workspaces` or pnpm-workspace.yaml
 * @param known paths that a lockfile names
 * @throws GuardError MANIFEST_UNREADABLE
 */
export async function readMembers(
  directory: string,
  patterns: readonly string[],
  known: readonly string[],
): Promise<Members> {
  const root = await realpath(directory);
  notePlace(directory, root);
  const members: Member[] = [];
  const unchecked = patterns.filter(leavesDirectory).map(outside);
  const paths = new Set([
    ...known,
    ...(await expand(
      root,
      patterns.filter((one) => !leavesDirectory(one)),
    )),
  ]);
  for (const path of paths) {
    if (path === '.' || path === '') continue;
    if (leavesDirectory(path) || !(await isInside(root, path))) unchecked.push(outside(path));
    else {
      const manifest = await readManifest(join(root, path, 'package.json'));
      if (manifest !== null) members.push({ path, manifest });
    }
  }
  return { members, unchecked };
}

function outside(id: string): Unchecked {
  return { id, reason: "workspace project outside of the project's folder: its package.json is not read" };
}

function leavesDirectory(path: string): boolean {
  return path.startsWith('/') || path.split(/[\\/]/).includes('..');
}

/** Whether the real place of `path` is below `root`; a path that does not exist is nowhere else. */
async function isInside(root: string, path: string): Promise<boolean> {
  try {
    const real = await realpath(join(root, path));
    notePlace(join(root, path), real);
    const place = relative(root, real);
    return place !== '..' && !place.startsWith(`..${sep}`);
  } catch {
    notePlace(join(root, path), null);
    return true;
  }
}

/** Plain paths and `folder/*` are expanded here; the library that does the rest takes 50 ms to load. */
async function expand(root: string, patterns: readonly string[]): Promise<readonly string[]> {
  const clean = patterns.map((pattern) => withoutEndSlashes(pattern.replace(/^(?:\.\/)+/, '')));
  if (!clean.every((pattern) => /^[^*?![\]{}()]+(?:\/\*)?$|^\*$/.test(pattern)))
    return await expandGlobs(root, clean);
  return clean.flatMap((pattern) => expandSimple(root, pattern));
}

function withoutEndSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end--;
  return path.slice(0, end);
}

function expandSimple(root: string, pattern: string): readonly string[] {
  if (!pattern.endsWith('*')) return [pattern];
  const folder = pattern.replace(/\/?\*$/, '');
  const visible = visibleFolders(join(root, folder));
  noteFolders(join(root, folder), visible);
  return (visible ?? []).map((name) => (folder === '' ? name : `${folder}/${name}`));
}

async function expandGlobs(root: string, workspaces: readonly string[]): Promise<readonly string[]> {
  noteUnrepeatable();
  const { default: mapWorkspaces } = await import('@npmcli/map-workspaces');
  try {
    const found = await mapWorkspaces({ cwd: root, pkg: { workspaces: [...workspaces] } });
    return [...found.values()].map((path) => relative(root, path).split(sep).join('/'));
  } catch (error) {
    throw unreadableManifest('workspaces')(error instanceof Error ? error.message : String(error), error);
  }
}

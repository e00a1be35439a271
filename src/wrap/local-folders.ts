import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readMembers } from '../lockfile/read-workspaces.js';

/** What a project needs of the disk beside itself so that npm can resolve it: folders with a package.json, and tarballs. */
export type LocalParts = {
  /** Absolute; the project itself is the first. */
  readonly folders: readonly string[];
  /** Absolute. */
  readonly tarballs: readonly string[];
};

type Json = Readonly<Record<string, unknown>>;

const LISTS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies', 'overrides'];
const LOCAL = /^(?:file:|link:)?(\.{0,2}\/.*|\.{1,2}|~\/.*)$/;
const FILE_ONLY = /^(?:file|link):(.+)$/;
const TARBALL = /\.(?:tgz|tar\.gz|tar)$/i;
/** More than any workspace has; a project that has more is resolved without the rest, and npm says so. */
const MOST_FOLDERS = 10_000;

/**
 * Follows workspaces and `file:` dependencies from the project in `root`, what its lockfile links, and the folders and
 * tarballs that a command line asks for.
 */
export async function findLocalParts(root: string, asked: readonly string[] = []): Promise<LocalParts> {
  const folders = new Set([root]);
  const tarballs = new Set<string>();
  const add = (place: string) => (TARBALL.test(place) ? tarballs : folders).add(place);
  for (const target of asked.flatMap(localTarget)) add(path.resolve(root, target));
  for (const folder of folders) {
    if (folders.size > MOST_FOLDERS) break;
    const manifest = await readJson(path.join(folder, 'package.json'));
    for (const target of localTargets(manifest)) add(path.resolve(folder, target));
    if (folder !== root) continue;
    for (const member of await workspacesOf(root, manifest)) folders.add(path.join(root, member));
    for (const linked of await linkedFolders(root)) folders.add(path.resolve(root, linked));
  }
  return { folders: [...folders], tarballs: [...tarballs] };
}

function localTargets(manifest: Json | null): readonly string[] {
  return LISTS.flatMap((list) => {
    const value = manifest?.[list];
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(localTarget) : [];
  });
}

function localTarget(spec: unknown): readonly string[] {
  if (typeof spec !== 'string') return [];
  const target = LOCAL.exec(spec)?.[1] ?? FILE_ONLY.exec(spec)?.[1];
  return target === undefined || target.startsWith('~') ? [] : [target.replace(/^\/\/(?=\/)/, '')];
}

async function workspacesOf(root: string, manifest: Json | null): Promise<readonly string[]> {
  const listed = manifest?.['workspaces'];
  const patterns = Array.isArray(listed) ? listed : ((listed as Json | undefined)?.['packages'] ?? []);
  if (!Array.isArray(patterns)) return [];
  const texts = patterns.filter((one) => typeof one === 'string' && !one.startsWith('!'));
  const { members } = await readMembers(root, texts, []);
  return members.map((member) => member.path);
}

async function linkedFolders(root: string): Promise<readonly string[]> {
  const lock = await readJson(path.join(root, 'package-lock.json'));
  const packages = lock?.['packages'];
  if (typeof packages !== 'object' || packages === null) return [];
  return Object.values(packages).flatMap((one: unknown) => {
    const { link, resolved } = (one ?? {}) as { link?: unknown; resolved?: unknown };
    return link === true && typeof resolved === 'string' ? [resolved] : [];
  });
}

async function readJson(file: string): Promise<Json | null> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    return typeof value === 'object' && value !== null ? (value as Json) : null;
  } catch {
    return null;
  }
}

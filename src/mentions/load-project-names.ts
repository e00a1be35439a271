import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Unchecked } from '../model/resolved-tree.js';
import {
  BUNDLER_CONFIG,
  IMPORT_MAP,
  readBundlerAliases,
  readImportMap,
  readTsConfig,
  TS_CONFIG,
} from './configured-aliases.js';
import { type FolderNames, namesOfManifest, type ProjectNames, recordOf } from './project-names.js';

const MANIFEST = /(?:^|\/)package\.json$/;
const LOCKFILE = /(?:^|\/)package-lock\.json$/;
/** Configurations are small; what isn't is none. */
const MOST_CHARACTERS = 1_000_000;
const LOCKFILE_CHARACTERS = 100_000_000;

export type LoadedNames = { readonly names: ProjectNames; readonly unchecked: readonly Unchecked[] };

type Gathered = {
  readonly folders: Map<string, { declared: string[]; aliases: string[] }>;
  readonly own: Set<string>;
  readonly bins: Set<string>;
  readonly unchecked: Unchecked[];
};

/** Reads what a project calls its own, from those of its files that say so. */
export async function loadProjectNames(root: string, files: readonly string[]): Promise<LoadedNames> {
  const gathered: Gathered = { folders: new Map(), own: new Set(), bins: new Set(), unchecked: [] };
  const list = new Set(files);
  for (const file of files) {
    if (MANIFEST.test(file)) await addManifest(root, file, gathered);
    else if (LOCKFILE.test(file)) await addBinsOfLockfile(root, file, gathered);
    else if (TS_CONFIG.test(file)) await addTsConfig(root, file, list, gathered);
    else if (IMPORT_MAP.test(file)) await addAliases(root, file, readImportMap, gathered);
    else if (BUNDLER_CONFIG.test(file)) await addAliases(root, file, readBundlerAliases, gathered);
  }
  const { folders, own, bins, unchecked } = gathered;
  return { names: { folders: new Map<string, FolderNames>(folders), own, bins }, unchecked };
}

function folderNames({ folders }: Gathered, folder: string) {
  const known = folders.get(folder) ?? { declared: [], aliases: [] };
  folders.set(folder, known);
  return known;
}

async function addManifest(root: string, file: string, gathered: Gathered): Promise<void> {
  const manifest = await readJson(path.join(root, file), MOST_CHARACTERS);
  if (manifest === null) {
    gathered.unchecked.push({ id: file, reason: 'unreadable: the names that it declares are not known' });
    return;
  }
  const { name, declared, local, bins } = namesOfManifest(manifest);
  folderNames(gathered, folderOf(file)).declared.push(...declared);
  for (const one of name === null ? local : [name, ...local]) gathered.own.add(one);
  for (const bin of bins) gathered.bins.add(bin);
  const installed = path.join(root, folderOf(file), 'node_modules/.bin');
  for (const bin of await readdir(installed).catch(() => []))
    gathered.bins.add(bin.replace(/\.(?:cmd|ps1)$/, ''));
}

async function addBinsOfLockfile(root: string, file: string, { bins }: Gathered): Promise<void> {
  const lockfile = recordOf(await readJson(path.join(root, file), LOCKFILE_CHARACTERS));
  for (const entry of Object.values(recordOf(lockfile['packages'])))
    for (const bin of Object.keys(recordOf(recordOf(entry)['bin']))) bins.add(bin);
}

async function addTsConfig(
  root: string,
  file: string,
  list: ReadonlySet<string>,
  gathered: Gathered,
): Promise<void> {
  const { aliases } = folderNames(gathered, folderOf(file));
  const seen = new Set<string>();
  const open = [file];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    const text = await readIfSmall(path.join(root, at), MOST_CHARACTERS);
    if (text === null) continue;
    const config = readTsConfig(text);
    const folder = folderOf(at);
    aliases.push(...config.aliases);
    if (config.baseUrl !== null) aliases.push(...namesBelow(path.posix.join(folder, config.baseUrl), list));
    for (const extended of config.extended)
      open.push(
        ...[extended, `${extended}.json`]
          .map((one) => path.posix.join(folder, one))
          .filter((one) => list.has(one)),
      );
  }
}

/** What can be imported from a `baseUrl`: its folders and files, without their endings. */
function namesBelow(folder: string, files: ReadonlySet<string>): readonly string[] {
  const before = folder === '.' || folder === '' ? '' : `${folder.replace(/\/$/, '')}/`;
  const names = new Set<string>();
  for (const file of files) {
    const [first = ''] = file.startsWith(before) ? file.slice(before.length).split('/', 1) : [];
    if (first !== '') names.add(first.replace(/\.[^.]+$/, ''));
  }
  return [...names];
}

async function addAliases(
  root: string,
  file: string,
  read: (text: string) => readonly string[],
  gathered: Gathered,
): Promise<void> {
  const text = await readIfSmall(path.join(root, file), MOST_CHARACTERS);
  if (text !== null) folderNames(gathered, folderOf(file)).aliases.push(...read(text));
}

async function readJson(place: string, most: number): Promise<unknown> {
  try {
    return JSON.parse((await readIfSmall(place, most)) ?? '') as unknown;
  } catch {
    return null;
  }
}

async function readIfSmall(place: string, most: number): Promise<string | null> {
  const text = await readFile(place, 'utf8').catch(() => null);
  return text === null || text.length > most ? null : text.replace(/^\uFEFF/, '');
}

function folderOf(file: string): string {
  const folder = path.posix.dirname(file);
  return folder === '.' ? '' : folder;
}

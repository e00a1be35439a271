import { join } from 'node:path';
import type { DependencyRequest } from '../lockfile/dependency-request.js';
import type { OpenRequest } from '../lockfile/draft-tree.js';
import { finishTree } from '../lockfile/finish-tree.js';
import { importerId } from '../lockfile/importer-id.js';
import type { Manifest } from '../lockfile/manifest.js';
import { npmEntries } from '../lockfile/npm/npm-entries.js';
import { linkPackages } from '../lockfile/npm/npm-graph.js';
import type { NpmPackage, NpmPackages } from '../lockfile/npm/npm-package.js';
import { readManifest } from '../lockfile/read-manifest.js';
import type { ResolvedTree, TreeEntry } from '../model/resolved-tree.js';
import { aliasIn, findAskedBy, originIn } from './asked-by.js';
import { type CommandWords, readCommandWords } from './command-words.js';
import { LIMITS, type Limits } from './limits.js';
import { readLockedFacts } from './locked-facts.js';
import type { FolderPackage } from './package-folder.js';
import { scanFolders } from './scan-folders.js';

export type LandedOptions = {
  /** The words of npm's command line after the command. */
  readonly words?: readonly string[];
  readonly limits?: Limits;
};

/**
 * Reads node_modules as it is on the disk, before npm has written down what it did: npm 10 and 11 have unpacked the
 * whole tree, and written no lockfile, when the first script of a dependency runs.
 *
 * The registry was asked for the name of the folder, or for another one behind an alias. So a package is judged by its
 * folder unless lockfile, dependency lines or command line say what the alias stands for; a name in its package.json
 * that is neither is judged too. Bytes that no lockfile pins are `landed`.
 *
 * @param root absolute path of the folder that has node_modules
 * @throws GuardError INPUT_TOO_LARGE, INPUT_UNREADABLE, MANIFEST_UNREADABLE
 */
export async function readLanded(
  root: string,
  { words = [], limits = LIMITS }: LandedOptions = {},
): Promise<ResolvedTree> {
  const manifest = await readManifest(join(root, 'package.json'));
  const locked = await readLockedFacts(root);
  const scanned = scanFolders(root, limits);
  const asked = rootRequests(scanned.packages, manifest, readCommandWords(words));
  const packages = withOrigins(scanned.packages, locked.packages, asked);
  const graph = linkPackages(packages, asked);
  const entries = npmEntries(packages, graph);
  return await finishTree({
    format: 'node-modules',
    path: join(root, 'node_modules'),
    lockfileVersion: null,
    importers: ['.', ...graph.importers].map((path) => ({ id: importerId(path), path })),
    entries: entries.map((entry) => asLanded(entry, locked.packages)),
    edges: graph.edges,
    open: [...graph.open, ...otherNames(entries, scanned.packages)],
    unchecked: [...locked.unchecked, ...scanned.unchecked],
  });
}

/** The lines of the root, and what lies at the top and nobody asks for: `npm install X` writes package.json later. */
function rootRequests(
  packages: NpmPackages,
  manifest: Manifest | null,
  { requests, nameless }: CommandWords,
): readonly DependencyRequest[] {
  const typed = requests.filter(({ key }) => packages.has(`node_modules/${key}`));
  const known = new Set(typed.map(({ key }) => key));
  const written = (manifest?.requests ?? []).filter(({ key }) => !known.has(key));
  const asked = findAskedBy(packages, [...written, ...typed]);
  const rest = [...packages.values()].filter(({ location, parent }) => parent === '' && !asked.has(location));
  const spec = nameless ?? '*';
  return [...written, ...typed, ...rest.map(({ key }): DependencyRequest => ({ key, spec, kind: 'prod' }))];
}

/** Adds the real name behind an alias, and where the bytes came from. */
function withOrigins(
  packages: ReadonlyMap<string, FolderPackage>,
  locked: NpmPackages,
  asked: readonly DependencyRequest[],
): ReadonlyMap<string, NpmPackage> {
  const askedBy = findAskedBy(packages, asked);
  const full = new Map<string, NpmPackage>();
  for (const [location, one] of packages) {
    const specs = askedBy.get(location) ?? new Set();
    const lock = lockedAs(one, locked);
    const isOwn = one.link || one.parent === null;
    full.set(location, {
      ...one,
      name: isOwn ? one.manifestName : (lock?.name ?? aliasIn(specs)),
      resolved: one.resolved ?? lock?.resolved ?? originIn(specs),
      integrity: lock?.integrity ?? null,
      dev: lock?.dev ?? false,
      optional: lock?.optional ?? false,
      peer: lock?.peer ?? false,
      inBundle: isBundled(one, packages),
    });
  }
  return full;
}

/** What the lockfile says of the package at this location, where it means the same version. */
function lockedAs({ location, version }: NpmPackage, locked: NpmPackages): NpmPackage | null {
  const lock = locked.get(location);
  return lock === undefined || lock.version !== version ? null : lock;
}

/** A package in the folder of one that names it among its bundled dependencies. */
function isBundled({ key, parent }: NpmPackage, packages: NpmPackages): boolean {
  if (parent === null || parent === '') return false;
  const bundles = packages.get(parent)?.bundles;
  return bundles !== undefined && bundles !== 'unknown' && bundles.has(key);
}

function asLanded(entry: TreeEntry, locked: NpmPackages): TreeEntry {
  return locked.get(entry.id)?.version === entry.version ? entry : { ...entry, presence: 'landed' };
}

/** The names that packages of the registry give themselves, where these are not the ones they are judged by. */
function otherNames(
  entries: readonly TreeEntry[],
  packages: ReadonlyMap<string, FolderPackage>,
): readonly OpenRequest[] {
  return entries.flatMap(({ id, name, source, version, direct, dev }): OpenRequest[] => {
    const other = packages.get(id)?.manifestName ?? null;
    if (source !== 'registry' || other === null || other === name) return [];
    return [{ key: other, spec: version ?? '*', kind: 'prod', from: id, direct, dev }];
  });
}

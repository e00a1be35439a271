import { type DependencyRequest, parseRequests } from '../dependency-request.js';
import { noticeOf } from '../deprecation.js';
import type { Catalogs } from '../parse-spec.js';
import { type Fail, fieldAt, ownValue, recordAt, stringAt, type UnknownRecord } from '../shape.js';
import { parseLockedCatalogs } from './locked-catalogs.js';
import { removePeerSuffix } from './package-id.js';

/** A dependency that an importer or a package has: the key in the tree, and the lockfile's reference to what it got. */
export type PnpmDependency = {
  readonly key: string;
  readonly ref: string;
  /** What an importer asks for; `null` for packages, of which the lockfile does not hold it. */
  readonly spec: string | null;
  readonly list: 'prod' | 'dev' | 'optional';
};

export type PnpmPackage = {
  readonly name: string | null;
  readonly version: string | null;
  readonly resolution: UnknownRecord;
  readonly optional: boolean;
  readonly requiresBuild: boolean | null;
  readonly deprecated: string | null;
  readonly dependencies: readonly PnpmDependency[];
  readonly peers: readonly DependencyRequest[];
};

/** One YAML document of a pnpm lockfile; the same for every version and reader of it. */
export type PnpmDocument = {
  /** By path; `.` is the root. */
  readonly importers: ReadonlyMap<string, readonly PnpmDependency[]>;
  /** By dependency path, peer suffix included. */
  readonly packages: ReadonlyMap<string, PnpmPackage>;
  /** What `catalog:` stands for. */
  readonly catalogs: Catalogs;
};

/** The last two are in the first document of a file that pnpm 11 or later wrote: they are installed, and run, too. */
const KINDS: ReadonlyMap<string, PnpmDependency['list']> = new Map([
  ['dependencies', 'prod'],
  ['devDependencies', 'dev'],
  ['optionalDependencies', 'optional'],
  ['configDependencies', 'prod'],
  ['packageManagerDependencies', 'prod'],
]);

/**
 * Reads a parsed document: as @pnpm/lockfile-file gives it (`specifiers` apart, `snapshots` merged into `packages`) or
 * as it is in the file (`version` beside `specifier`, `snapshots` apart in 9.0, the root's lists at the top in 5.4).
 */
export function parsePnpmDocument(raw: UnknownRecord, fail: Fail): PnpmDocument {
  const importers =
    raw['importers'] === undefined
      ? { '.': raw }
      : fieldAt(raw['importers'], 'importers', 'the document', fail);
  return {
    importers: new Map(
      Object.entries(importers).map(([path, lists]) => [
        path,
        parseLists(recordAt(lists, `importers.${path}`, fail), `importers.${path}`, fail),
      ]),
    ),
    packages: parsePackages(raw, fail),
    catalogs: parseLockedCatalogs(raw, fail),
  };
}

function parsePackages(raw: UnknownRecord, fail: Fail): ReadonlyMap<string, PnpmPackage> {
  const packages = fieldAt(raw['packages'], 'packages', 'the document', fail);
  if (raw['snapshots'] === undefined) {
    const read = new Map<string, PnpmPackage>();
    for (const path of Object.keys(packages)) {
      read.set(path, parsePackage(packages[path], packages[path], path, fail));
    }
    return read;
  }
  const snapshots = fieldAt(raw['snapshots'], 'snapshots', 'the document', fail);
  const read = new Map<string, PnpmPackage>();
  const used = new Set<string>();
  for (const path of Object.keys(snapshots)) {
    const id = removePeerSuffix(path);
    used.add(id);
    read.set(path, parsePackage(snapshots[path], ownValue(packages, id), path, fail));
  }
  for (const path of Object.keys(packages)) {
    if (!used.has(path)) read.set(path, parsePackage(packages[path], packages[path], path, fail));
  }
  return read;
}

function parsePackage(snapshot: unknown, packageInfo: unknown, path: string, fail: Fail): PnpmPackage {
  const where = `packages: ${path}`;
  const info = recordAt(packageInfo, where, fail);
  const state = recordAt(snapshot, where, fail);
  const { peerDependencies, peerDependenciesMeta } = info;
  const hasPeers = peerDependencies !== undefined || peerDependenciesMeta !== undefined;
  return {
    name: stringAt(info['name'], 'name', where, fail),
    version: stringAt(info['version'], 'version', where, fail),
    resolution: fieldAt(info['resolution'], 'resolution', where, fail),
    optional: state['optional'] === true,
    requiresBuild: typeof info['requiresBuild'] === 'boolean' ? info['requiresBuild'] : null,
    deprecated: noticeOf(info['deprecated']),
    dependencies: parseLists(state, where, fail),
    peers: hasPeers ? parseRequests({ peerDependencies, peerDependenciesMeta }, where, fail, false) : [],
  };
}

function parseLists(holder: UnknownRecord, where: string, fail: Fail): readonly PnpmDependency[] {
  const dependencies: PnpmDependency[] = [];
  for (const list of Object.keys(holder)) {
    const kind = KINDS.get(list);
    if (kind === undefined) continue;
    const names = fieldAt(holder[list], list, where, fail);
    for (const key of Object.keys(names)) {
      dependencies.push({
        key,
        ref: parseReference(names, key, where, fail),
        spec: parseSpecifier(holder['specifiers'], names, key, where, fail),
        list: kind,
      });
    }
  }
  return dependencies;
}

/** In `specifiers` of the importer, or as `specifier` beside the version. */
function parseSpecifier(
  specifiers: unknown,
  names: UnknownRecord,
  key: string,
  where: string,
  fail: Fail,
): string | null {
  const value = names[key];
  const inline = typeof value === 'object' ? fieldAt(value, key, where, fail)['specifier'] : undefined;
  const apart = ownValue(fieldAt(specifiers, 'specifiers', where, fail), key);
  return stringAt(inline ?? apart, key, where, fail);
}

/** The reference alone, or as `version` beside its `specifier`. */
function parseReference(names: UnknownRecord, key: string, where: string, fail: Fail): string {
  const value = names[key];
  const inline = typeof value === 'object' ? fieldAt(value, key, where, fail)['version'] : value;
  const ref = stringAt(inline, key, where, fail);
  if (ref === null) throw fail(`${where}: ${key} has no version`);
  return ref;
}

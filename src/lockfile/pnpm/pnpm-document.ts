import { type Fail, ownValue, recordAt, stringAt, type UnknownRecord } from '../shape.js';
import { type DependencyRequest, parseRequests } from '../dependency-request.js';
import { removePeerSuffix } from './package-id.js';

/** A dependency that an importer or a package has: the key in the tree, and the lockfile's reference to what it got. */
export type PnpmDependency = {
  readonly key: string;
  readonly ref: string;
  readonly list: 'prod' | 'dev' | 'optional';
};

export type PnpmPackage = {
  readonly name: string | null;
  readonly version: string | null;
  readonly resolution: UnknownRecord;
  readonly optional: boolean;
  readonly requiresBuild: boolean | null;
  readonly dependencies: readonly PnpmDependency[];
  readonly peers: readonly DependencyRequest[];
};

/** One YAML document of a pnpm lockfile; the same for every version and reader of it. */
export type PnpmDocument = {
  /** By path; `.` is the root. */
  readonly importers: ReadonlyMap<string, readonly PnpmDependency[]>;
  /** By dependency path, peer suffix included. */
  readonly packages: ReadonlyMap<string, PnpmPackage>;
};

const LISTS = /^(?:d|devD|optionalD|configD|packageManagerD)ependencies$/;

/**
 * Reads a parsed document: as @pnpm/lockfile-file gives it (`specifiers` apart, `snapshots` merged into `packages`) or
 * as it is in the file (`version` beside `specifier`, `snapshots` apart in 9.0, the root's lists at the top in 5.4).
 */
export function parsePnpmDocument(raw: UnknownRecord, fail: Fail): PnpmDocument {
  const importers = raw['importers'] === undefined ? { '.': raw } : recordAt(raw['importers'], 'importers', fail);
  return {
    importers: new Map(
      Object.entries(importers).map(([path, lists]) => [path, parseLists(recordAt(lists, `importers.${path}`, fail), `importers.${path}`, fail)]),
    ),
    packages: parsePackages(raw, fail),
  };
}

function parsePackages(raw: UnknownRecord, fail: Fail): ReadonlyMap<string, PnpmPackage> {
  const packages = recordAt(raw['packages'], 'packages', fail);
  if (raw['snapshots'] === undefined) {
    return new Map(Object.entries(packages).map(([path, value]) => [path, parsePackage(value, value, path, fail)]));
  }
  const snapshots = recordAt(raw['snapshots'], 'snapshots', fail);
  const read = new Map(
    Object.entries(snapshots).map(([path, value]) => {
      return [path, parsePackage(value, ownValue(packages, removePeerSuffix(path)), path, fail)];
    }),
  );
  const used = new Set([...read.keys()].map(removePeerSuffix));
  for (const [path, value] of Object.entries(packages)) {
    if (!used.has(path)) read.set(path, parsePackage(value, value, path, fail));
  }
  return read;
}

function parsePackage(snapshot: unknown, packageInfo: unknown, path: string, fail: Fail): PnpmPackage {
  const info = recordAt(packageInfo, `packages.${path}`, fail);
  const state = recordAt(snapshot, `packages.${path}`, fail);
  const where = `packages.${path}`;
  const peerLists = { peerDependencies: info['peerDependencies'], peerDependenciesMeta: info['peerDependenciesMeta'] };
  return {
    name: stringAt(info['name'], `${where}.name`, fail),
    version: stringAt(info['version'], `${where}.version`, fail),
    resolution: recordAt(info['resolution'], `${where}.resolution`, fail),
    optional: state['optional'] === true,
    requiresBuild: typeof info['requiresBuild'] === 'boolean' ? info['requiresBuild'] : null,
    dependencies: parseLists(state, where, fail),
    peers: parseRequests(peerLists, where, fail, false),
  };
}

function parseLists(holder: UnknownRecord, where: string, fail: Fail): readonly PnpmDependency[] {
  const dependencies: PnpmDependency[] = [];
  for (const [list, values] of Object.entries(holder)) {
    if (!LISTS.test(list)) continue;
    const kind = list === 'devDependencies' ? 'dev' : list === 'optionalDependencies' ? 'optional' : 'prod';
    for (const [key, value] of Object.entries(recordAt(values, `${where}.${list}`, fail))) {
      const inline = typeof value === 'object' && value !== null ? ownValue(value as UnknownRecord, 'version') : value;
      const ref = stringAt(inline, `${where}.${list}.${key}`, fail);
      if (ref === null) throw fail(`${where}.${list}.${key} has no version`);
      dependencies.push({ key, ref, list: kind });
    }
  }
  return dependencies;
}

import { type DependencyRequest, parseRequests } from '../dependency-request.js';
import { type Fail, ownValue, recordAt, stringAt, type UnknownRecord } from '../shape.js';
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
    raw['importers'] === undefined ? { '.': raw } : recordAt(raw['importers'], 'importers', fail);
  return {
    importers: new Map(
      Object.entries(importers).map(([path, lists]) => [
        path,
        parseLists(recordAt(lists, `importers.${path}`, fail), `importers.${path}`, fail),
      ]),
    ),
    packages: parsePackages(raw, fail),
  };
}

function parsePackages(raw: UnknownRecord, fail: Fail): ReadonlyMap<string, PnpmPackage> {
  const packages = recordAt(raw['packages'], 'packages', fail);
  if (raw['snapshots'] === undefined) {
    return new Map(
      Object.entries(packages).map(([path, value]) => [path, parsePackage(value, value, path, fail)]),
    );
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
  const peerLists = {
    peerDependencies: info['peerDependencies'],
    peerDependenciesMeta: info['peerDependenciesMeta'],
  };
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
  return Object.entries(holder).flatMap(([list, values]) => {
    const kind = KINDS.get(list);
    if (kind === undefined) return [];
    const names = Object.entries(recordAt(values, `${where}.${list}`, fail));
    return names.map(([key, value]) => {
      return { key, ref: parseReference(value, `${where}.${list}.${key}`, fail), list: kind };
    });
  });
}

/** The reference alone, or as `version` beside its `specifier`. */
function parseReference(value: unknown, where: string, fail: Fail): string {
  const inline =
    typeof value === 'object' && value !== null ? ownValue(value as UnknownRecord, 'version') : value;
  const ref = stringAt(inline, where, fail);
  if (ref === null) throw fail(`${where} has no version`);
  return ref;
}

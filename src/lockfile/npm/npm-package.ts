import { type DependencyRequest, parseRequests } from '../dependency-request.js';
import { type Fail, recordAt, stringAt, type UnknownRecord } from '../shape.js';

/** One value of `packages` in an npm lockfile, or what an older format says in other words. */
export type NpmPackage = {
  /** The real name, where the lockfile states it because the key differs. */
  readonly name: string | null;
  readonly version: string | null;
  readonly resolved: string | null;
  readonly integrity: string | null;
  readonly link: boolean;
  readonly dev: boolean;
  readonly optional: boolean;
  readonly peer: boolean;
  readonly hasInstallScript: boolean | null;
  readonly inBundle: boolean;
  /** Its own tarball brings other packages along. */
  readonly bundles: boolean;
  readonly requests: readonly DependencyRequest[];
};

/** Location in the tree (`node_modules/a`, `packages/app`, `` for the root) to package. */
export type NpmPackages = ReadonlyMap<string, NpmPackage>;

/** Longer than a path may be on any platform that npm runs on (PATH_MAX on Linux). */
export const MAX_LOCATION_LENGTH = 4096;

/** The `packages` of lockfileVersion 2, 3 and 4. */
export function parsePackages(value: unknown, fail: Fail): NpmPackages {
  const packages = new Map<string, NpmPackage>();
  for (const [location, raw] of Object.entries(recordAt(value, 'packages', fail))) {
    if (location.length > MAX_LOCATION_LENGTH)
      throw fail(`packages has a key of ${location.length} characters`);
    if (raw === null) throw fail(`packages[${JSON.stringify(location)}] is null`);
    packages.set(location, parsePackage(raw, location, fail));
  }
  return packages;
}

function parsePackage(value: unknown, location: string, fail: Fail): NpmPackage {
  const where = `packages[${JSON.stringify(location)}]`;
  const raw = recordAt(value, where, fail);
  const devOptional = raw['devOptional'] === true;
  return {
    name: stringAt(raw['name'], `${where}.name`, fail),
    version: stringAt(raw['version'], `${where}.version`, fail),
    resolved: stringAt(raw['resolved'], `${where}.resolved`, fail),
    integrity: stringAt(raw['integrity'], `${where}.integrity`, fail),
    link: raw['link'] === true,
    dev: devOptional || raw['dev'] === true,
    optional: devOptional || raw['optional'] === true,
    peer: raw['peer'] === true,
    hasInstallScript: raw['hasInstallScript'] === true,
    inBundle: raw['inBundle'] === true,
    bundles: bundlesOthers(raw),
    requests: parseRequests(raw, where, fail, !isInstalled(location)),
  };
}

function bundlesOthers(raw: UnknownRecord): boolean {
  const bundled = raw['bundleDependencies'] ?? raw['bundledDependencies'];
  return Array.isArray(bundled) ? bundled.length > 0 : bundled === true;
}

/** Whether npm puts the package there itself; everything else is a folder of the project. */
export function isInstalled(location: string): boolean {
  return location.startsWith('node_modules/') || location.includes('/node_modules/');
}

/** The key in the tree: `@s/a` of `node_modules/b/node_modules/@s/a`. */
export function keyOf(location: string): string {
  const at = location.lastIndexOf('node_modules/');
  return at < 0 ? location : location.slice(at + 'node_modules/'.length);
}

import { type DependencyRequest, parseRequests } from '../dependency-request.js';
import { noticeOf } from '../deprecation.js';
import { type Fail, recordAt, stringAt, type UnknownRecord } from '../shape.js';
import { MAX_LOCATION_LENGTH, type Place, parsePlace } from './location.js';

/** One value of `packages` in an npm lockfile, or what an older format says in other words. */
export type NpmPackage = Place & {
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
  /** The deprecation notice. */
  readonly deprecated: string | null;
  readonly inBundle: boolean;
  /** The keys that its own tarball brings along, as far as the format says it. */
  readonly bundles: ReadonlySet<string> | 'unknown';
  readonly requests: readonly DependencyRequest[];
};

/** Location in the tree (`node_modules/a`, `packages/app`, `` for the root) to package. */
export type NpmPackages = ReadonlyMap<string, NpmPackage>;

/** The section `packages`, which npm 7 and later read, and write from lockfileVersion 2 on. */
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
  const raw = recordAt(value, location, fail);
  const devOptional = raw['devOptional'] === true;
  const { key, parent } = parsePlace(location);
  return {
    location,
    key,
    parent,
    name: stringAt(raw['name'], 'name', location, fail),
    version: stringAt(raw['version'], 'version', location, fail),
    resolved: stringAt(raw['resolved'], 'resolved', location, fail),
    integrity: stringAt(raw['integrity'], 'integrity', location, fail),
    link: raw['link'] === true,
    dev: devOptional || raw['dev'] === true,
    optional: devOptional || raw['optional'] === true,
    peer: raw['peer'] === true,
    hasInstallScript: raw['hasInstallScript'] === true,
    deprecated: noticeOf(raw['deprecated']),
    inBundle: raw['inBundle'] === true,
    bundles: bundledKeys(raw),
    requests: parseRequests(raw, location, fail, parent === null),
  };
}

const NONE: ReadonlySet<string> = new Set();

/** `true` stands for all dependencies. */
function bundledKeys(raw: UnknownRecord): ReadonlySet<string> {
  const bundled = raw['bundleDependencies'] ?? raw['bundledDependencies'];
  if (bundled === true) return new Set(Object.keys(raw['dependencies'] ?? {}));
  return Array.isArray(bundled) ? new Set(bundled.filter((key) => typeof key === 'string')) : NONE;
}

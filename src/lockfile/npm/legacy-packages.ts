import type { DependencyRequest } from '../dependency-request.js';
import { type Fail, fieldAt, recordAt, stringAt, type UnknownRecord } from '../shape.js';
import { MAX_LOCATION_LENGTH, parsePlace } from './location.js';
import type { NpmPackage, NpmPackages } from './npm-package.js';

type Folder = { readonly location: string; readonly dependencies: unknown };

const NPM_ALIAS = /^npm:(.+)@([^@]*)$/;
const TARBALL = /\.(?:tgz|tar\.gz|tar)$/i;

/**
 * Brings lockfileVersion 1 (npm 5 and 6: nested `dependencies`, no root entry) into the form of the later versions,
 * with the locations that these would have. Lifecycle scripts and optional or peer lists are not in this format.
 */
export function parseLegacyPackages(lock: UnknownRecord, fail: Fail): NpmPackages {
  const packages = new Map<string, NpmPackage>();
  const open: Folder[] = [{ location: '', dependencies: lock['dependencies'] }];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for (const [key, value] of Object.entries(recordAt(folder.dependencies, 'dependencies', fail))) {
      const location = `${folder.location === '' ? '' : `${folder.location}/`}node_modules/${key}`;
      if (location.length > MAX_LOCATION_LENGTH) throw fail('dependencies are nested too deeply');
      const raw = recordAt(value, location, fail);
      const under = addLegacy(packages, location, raw, fail);
      if (raw['dependencies'] !== undefined)
        open.push({ location: under, dependencies: raw['dependencies'] });
    }
  }
  return packages;
}

/** Adds a package, or a link and its folder; returns the location that what it holds is under. */
function addLegacy(
  packages: Map<string, NpmPackage>,
  location: string,
  raw: UnknownRecord,
  fail: Fail,
): string {
  const parsed = parseLegacy(raw, location, fail);
  const folder = linkTarget(raw['version']);
  if (folder === null) {
    packages.set(location, parsed);
    return location;
  }
  packages.set(location, { ...parsed, resolved: folder, version: null, link: true, requests: [] });
  packages.set(folder, { ...parsed, ...parsePlace(folder), resolved: null, version: null });
  return folder;
}

function parseLegacy(raw: UnknownRecord, location: string, fail: Fail): NpmPackage {
  const version = stringAt(raw['version'], 'version', location, fail);
  const alias = NPM_ALIAS.exec(version ?? '');
  const fromUrl = version?.includes(':') === true && alias === null;
  return {
    ...parsePlace(location),
    name: alias?.[1] ?? null,
    version: fromUrl ? null : (alias?.[2] ?? version),
    resolved: fromUrl ? version : stringAt(raw['resolved'], 'resolved', location, fail),
    integrity: stringAt(raw['integrity'], 'integrity', location, fail),
    link: false,
    dev: raw['dev'] === true,
    optional: raw['optional'] === true,
    peer: raw['peer'] === true,
    hasInstallScript: null,
    deprecated: null,
    inBundle: raw['bundled'] === true,
    bundles: 'unknown',
    requests: parseRequires(raw, location, fail),
  };
}

/** The folder of `file:folder`; `file:x.tgz` is a tarball. */
function linkTarget(version: unknown): string | null {
  if (typeof version !== 'string' || !version.startsWith('file:') || TARBALL.test(version)) return null;
  const folder = version.slice('file:'.length).replace(/^\.\//, '');
  return folder === '' || folder === '.' || parsePlace(folder).parent !== null ? null : folder;
}

/** `requires` is an object, or `true`/`false` in files of early npm 5. */
function parseRequires(raw: UnknownRecord, where: string, fail: Fail): readonly DependencyRequest[] {
  if (typeof raw['requires'] === 'boolean') return [];
  const requires = fieldAt(raw['requires'], 'requires', where, fail);
  return Object.keys(requires).map((key) => {
    return { key, spec: stringAt(requires[key], key, where, fail) ?? '*', kind: 'prod' };
  });
}

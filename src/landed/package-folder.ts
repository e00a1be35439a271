import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { GuardError } from '../errors.js';
import { parseRequests } from '../lockfile/dependency-request.js';
import { noticeOf } from '../lockfile/deprecation.js';
import { parsePlace } from '../lockfile/npm/location.js';
import type { NpmPackage } from '../lockfile/npm/npm-package.js';
import type { Fail, UnknownRecord } from '../lockfile/shape.js';

/** A package as it lies on the disk. */
export type FolderPackage = NpmPackage & {
  /** The name in its package.json, which may be another one than the folder's. */
  readonly manifestName: string | null;
  /** What of its package.json could not be used; `null` = all of it could. */
  readonly problem: string | null;
};

type Content = { readonly manifest: UnknownRecord; readonly problem: string | null };

const RUN_BY_INSTALL = ['preinstall', 'install', 'postinstall', 'prepare'];
const fail: Fail = (detail, cause) =>
  new GuardError('MANIFEST_UNREADABLE', detail, 'Remove node_modules and install again.', cause);

/**
 * Reads the package in the folder `location` below `root`. A package.json that is missing or broken is no error: the
 * package is on the disk all the same, and is judged by the name of its folder.
 */
export function readPackageFolder(root: string, location: string, maxBytes: number): FolderPackage {
  const { manifest, problem } = readContent(join(root, location, 'package.json'), maxBytes);
  const place = parsePlace(location);
  const requests = readRequests(manifest, place.parent === null);
  return {
    ...place,
    name: null,
    manifestName: textOf(manifest['name']),
    version: textOf(manifest['version']),
    resolved: null,
    integrity: null,
    link: false,
    dev: false,
    optional: false,
    peer: false,
    hasInstallScript: hasInstallScript(manifest),
    deprecated: noticeOf(manifest['deprecated']),
    inBundle: false,
    bundles: bundledKeys(manifest),
    requests: requests.lines,
    problem: problem ?? requests.problem,
  };
}

function readContent(path: string, maxBytes: number): Content {
  try {
    const { size } = statSync(path);
    if (size > maxBytes) return { manifest: {}, problem: `package.json has ${size} bytes` };
    const value: unknown = JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
    if (isRecord(value)) return { manifest: value, problem: null };
    return { manifest: {}, problem: 'package.json is no object' };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'it is not valid JSON';
    return { manifest: {}, problem: `package.json cannot be read: ${code}` };
  }
}

function readRequests(
  manifest: UnknownRecord,
  isProject: boolean,
): { readonly lines: NpmPackage['requests']; readonly problem: string | null } {
  try {
    return { lines: parseRequests(manifest, 'package.json', fail, isProject), problem: null };
  } catch (error) {
    return { lines: [], problem: error instanceof Error ? error.message : String(error) };
  }
}

/** npm builds what has a binding.gyp, too; whether one is there costs a look that no signal is worth. */
function hasInstallScript(manifest: UnknownRecord): boolean {
  const scripts = manifest['scripts'];
  return isRecord(scripts) && RUN_BY_INSTALL.some((name) => typeof scripts[name] === 'string');
}

function bundledKeys(manifest: UnknownRecord): ReadonlySet<string> {
  const bundled = manifest['bundleDependencies'] ?? manifest['bundledDependencies'];
  if (bundled === true)
    return new Set(isRecord(manifest['dependencies']) ? Object.keys(manifest['dependencies']) : []);
  return new Set(Array.isArray(bundled) ? bundled.filter((key) => typeof key === 'string') : []);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function isRecord(value: unknown): value is UnknownRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

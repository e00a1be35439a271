import { isRecord, type UnknownRecord } from '../shape.js';
import { removePeerSuffix } from './package-id.js';

/** What pnpm writes below `packages` and below `snapshots` of 9.0; no key is in both, so that they can be merged. */
const INFO = new Set([
  'resolution',
  'name',
  'version',
  'engines',
  'cpu',
  'os',
  'libc',
  'hasBin',
  'deprecated',
  'bundledDependencies',
  'peerDependencies',
  'peerDependenciesMeta',
]);
const STATE = new Set([
  'dependencies',
  'optionalDependencies',
  'transitivePeerDependencies',
  'optional',
  'patched',
]);
const LISTS = [
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'configDependencies',
  'packageManagerDependencies',
];

/**
 * Whether a document of 9.0 says the same as it is in the file as it does through @pnpm/lockfile-file, which merges
 * `packages` into `snapshots` and takes the specifiers out of the importers. `false` wherever that isn't plain to see,
 * and for every other version.
 */
export function readsTheSame(document: unknown): boolean {
  if (!isRecord(document) || document['lockfileVersion'] !== '9.0') return false;
  const { importers, packages = {}, snapshots = {} } = document;
  if (!isRecord(importers) || !isRecord(packages) || !isRecord(snapshots)) return false;
  return Object.values(importers).every(isPlainImporter) && haveEachOther(packages, snapshots);
}

/** Whether each dependency is `{specifier, version}`, and none is asked for by two specifiers. */
function isPlainImporter(importer: unknown): boolean {
  if (!isRecord(importer) || Object.hasOwn(importer, 'specifiers')) return false;
  const specifiers = new Map<string, string>();
  return LISTS.every((name) => {
    const list = importer[name] ?? {};
    return isRecord(list) && Object.entries(list).every(([key, line]) => isPlainLine(key, line, specifiers));
  });
}

function isPlainLine(key: string, line: unknown, specifiers: Map<string, string>): boolean {
  if (!isRecord(line) || typeof line['version'] !== 'string') return false;
  const { specifier } = line;
  if (typeof specifier !== 'string' || (specifiers.get(key) ?? specifier) !== specifier) return false;
  specifiers.set(key, specifier);
  return true;
}

function haveEachOther(packages: UnknownRecord, snapshots: UnknownRecord): boolean {
  const used = new Set<string>();
  for (const [path, snapshot] of Object.entries(snapshots)) {
    const id = removePeerSuffix(path);
    if (/[()]/.test(id) || !Object.hasOwn(packages, id) || !hasOnly(snapshot, STATE)) return false;
    used.add(id);
  }
  const ids = Object.keys(packages);
  return ids.length === used.size && ids.every((id) => hasOnly(packages[id], INFO));
}

function hasOnly(value: unknown, keys: ReadonlySet<string>): boolean {
  return isRecord(value) && Object.keys(value).every((key) => keys.has(key));
}

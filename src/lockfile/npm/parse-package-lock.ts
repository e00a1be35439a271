import type { TreeFormat } from '../../model/resolved-tree.js';
import type { DependencyRequest } from '../dependency-request.js';
import type { DraftTree } from '../draft-tree.js';
import { importerId } from '../importer-id.js';
import { type LockfileText, unknownVersion, unreadableLockfile } from '../lockfile-error.js';
import type { Manifest } from '../manifest.js';
import { parseLockfileJson } from '../parse-json.js';
import { asksRegistry } from '../parse-spec.js';
import { recordAt, type UnknownRecord } from '../shape.js';
import { isRegistryTarball } from '../tarball-url.js';
import { parseLegacyPackages } from './legacy-packages.js';
import { joinLegacy } from './legacy-tree.js';
import { npmEntries } from './npm-entries.js';
import { linkPackages, type NpmGraph } from './npm-graph.js';
import { type NpmPackage, type NpmPackages, parsePackages } from './npm-package.js';

export type NpmLockfile = LockfileText & {
  readonly format: TreeFormat;
  readonly path: string | null;
  /** The package.json of the project: names the direct dependencies where the lockfile does not, and the overrides. */
  readonly manifest: Manifest | null;
};

/**
 * Parses package-lock.json, npm-shrinkwrap.json or node_modules/.package-lock.json, lockfileVersion 1 to 4.
 *
 * @throws GuardError LOCKFILE_CONFLICT, LOCKFILE_DUPLICATE_KEY, LOCKFILE_UNREADABLE, LOCKFILE_VERSION_UNKNOWN
 */
export function parsePackageLock(input: NpmLockfile): DraftTree {
  const fail = unreadableLockfile(input.file);
  const json = parseLockfileJson(input);
  if (json === null) throw fail('the document is not an object');
  const lock = recordAt(json, 'the document', fail);
  const lockfileVersion = parseVersion(lock, input.file);
  const packages = lock['packages'] === undefined ? null : parsePackages(lock['packages'], fail);
  const legacy = lock['dependencies'] === undefined ? null : parseLegacyPackages(lock, fail);
  if (packages === null && lockfileVersion !== 1) throw fail('packages is missing');
  return {
    format: input.format,
    path: input.path,
    lockfileVersion: String(lockfileVersion),
    ...readSections(packages, legacy, input.manifest),
    unchecked: [],
  };
}

type NpmTree = Pick<DraftTree, 'importers' | 'entries' | 'edges' | 'open'>;

/** npm 7 and later read `packages` where it is there, earlier ones `dependencies`, whatever the lockfileVersion. */
function readSections(
  packages: NpmPackages | null,
  legacy: NpmPackages | null,
  manifest: Manifest | null,
): NpmTree {
  const first = packages ?? legacy ?? new Map();
  const rootRequests = first.get('')?.requests ?? manifest?.requests ?? unrequested(first);
  const tree = readSection(first, rootRequests, manifest);
  if (packages === null || legacy === null) return tree;
  const other = readSection(legacy, rootRequests, manifest);
  return { ...tree, ...joinLegacy(tree, packages, other, legacy, importerId('.')) };
}

function readSection(
  packages: NpmPackages,
  rootRequests: readonly DependencyRequest[],
  manifest: Manifest | null,
): NpmTree {
  const graph = linkPackages(packages, rootRequests);
  noteOverrides(graph, packages, manifest);
  return {
    importers: ['.', ...graph.importers].map((path) => ({ id: importerId(path), path })),
    entries: npmEntries(packages, graph),
    edges: graph.edges,
    open: graph.open,
  };
}

function parseVersion(lock: UnknownRecord, file: string): number {
  const version = lock['lockfileVersion'];
  if (version === 1 || version === 2 || version === 3 || version === 4) return version;
  throw unknownVersion(file, version === undefined ? '(none)' : JSON.stringify(version), '1, 2, 3, 4');
}

/** Without a root entry and a package.json: what no other package asks for hangs on the root. */
function unrequested(packages: NpmPackages): readonly DependencyRequest[] {
  const { edges } = linkPackages(packages, []);
  const asked = new Set([...edges.values()].flat());
  const top = [...packages.values()].filter(({ location, parent }) => parent === '' && !asked.has(location));
  return top.map((one) => ({ key: one.key, spec: likelySpec(one), kind: 'prod' }));
}

function likelySpec({ link, resolved }: NpmPackage): string {
  if (resolved === null || isRegistryTarball(resolved)) return '*';
  return link ? `file:${resolved}` : resolved;
}

/** An override that is a URL is what npm asks for, whatever the dependency lines say. */
function noteOverrides({ askedFrom }: NpmGraph, packages: NpmPackages, manifest: Manifest | null): void {
  const urls = (manifest?.overrides ?? []).filter(({ spec }) => asksRegistry(spec) === false);
  if (urls.length === 0) return;
  const keys = new Set(urls.map(({ key }) => key));
  for (const { location, key } of packages.values()) if (keys.has(key)) askedFrom.set(location, 'url');
}

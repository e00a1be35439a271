import { type DependencyRequest, parseRequests } from '../dependency-request.js';
import { flattenOverrides } from '../overrides.js';
import type { Catalogs } from '../parse-spec.js';
import { type Fail, fieldAt, recordAt, stringAt, stringsAt, type UnknownRecord } from '../shape.js';

/** A package of which pnpm changes the files, and the file that says how. */
export type Patch = { readonly key: string; readonly file: string };

/** What pnpm-workspace.yaml says about names. */
export type PnpmWorkspace = {
  readonly packages: readonly string[];
  readonly catalogs: Catalogs;
  readonly overrides: readonly DependencyRequest[];
  /** See {@link parseSettings}. */
  readonly settings: readonly DependencyRequest[];
  readonly patches: readonly Patch[];
  /** A plain range takes the project of that name, if its version is in the range. */
  readonly linksRanges: boolean;
};

/** Reads the parsed YAML of a pnpm-workspace.yaml. */
export function parsePnpmWorkspace(document: unknown, fail: Fail): PnpmWorkspace {
  const root = recordAt(document, 'the document', fail);
  return {
    packages: stringsAt(root['packages'], 'packages', fail),
    catalogs: parseCatalogs(root, fail),
    overrides: flattenOverrides(root['overrides'], fail),
    settings: parseSettings(root, fail),
    patches: parsePatches(root, fail),
    linksRanges: root['linkWorkspacePackages'] === true || root['linkWorkspacePackages'] === 'deep',
  };
}

function parseCatalogs(root: UnknownRecord, fail: Fail): Catalogs {
  const named = Object.entries(fieldAt(root['catalogs'], 'catalogs', 'the document', fail));
  const all: readonly (readonly [string, unknown])[] = [
    ...named,
    ['default', root['catalog'] ?? ownDefault(root, fail)],
  ];
  return new Map(all.map(([name, specs]) => [name, parseCatalog(specs, `catalogs.${name}`, fail)]));
}

function ownDefault(root: UnknownRecord, fail: Fail): unknown {
  return fieldAt(root['catalogs'], 'catalogs', 'the document', fail)['default'];
}

function parseCatalog(value: unknown, where: string, fail: Fail): ReadonlyMap<string, string> {
  const specs = recordAt(value, where, fail);
  return new Map(Object.keys(specs).map((name) => [name, stringAt(specs[name], name, where, fail) ?? '*']));
}

/**
 * The packages that pnpm installs because of its settings: config dependencies, which run before all others, and what
 * `packageExtensions` adds to the dependencies of packages.
 *
 * @param root pnpm-workspace.yaml, or `pnpm` of a package.json
 */
export function parseSettings(root: UnknownRecord, fail: Fail): readonly DependencyRequest[] {
  const extensions = Object.values(recordAt(root['packageExtensions'], 'packageExtensions', fail));
  return [
    ...parseConfigDependencies(root['configDependencies'], fail),
    ...extensions.flatMap((one) =>
      parseRequests(recordAt(one, 'packageExtensions', fail), 'packageExtensions', fail, false),
    ),
  ];
}

/** `patchedDependencies` of pnpm-workspace.yaml, or of `pnpm` of a package.json. */
export function parsePatches(root: UnknownRecord, fail: Fail): readonly Patch[] {
  const lines = fieldAt(root['patchedDependencies'], 'patchedDependencies', 'the document', fail);
  return Object.entries(lines).flatMap(([key, file]) => (typeof file === 'string' ? [{ key, file }] : []));
}

/** `name: version+integrity`, or an object with a tarball and an integrity. */
function parseConfigDependencies(value: unknown, fail: Fail): readonly DependencyRequest[] {
  const lines = Object.entries(recordAt(value, 'configDependencies', fail));
  return lines.map(([key, line]) => ({
    key,
    spec: typeof line === 'string' ? withoutHash(line) : '*',
    kind: 'prod',
  }));
}

function withoutHash(line: string): string {
  const at = line.search(/\+sha\d/);
  return at < 0 ? line : line.slice(0, at);
}

import type { DependencyRequest } from '../dependency-request.js';
import { flattenOverrides } from '../overrides.js';
import type { Catalogs } from '../parse-spec.js';
import { type Fail, fieldAt, recordAt, stringAt, stringsAt, type UnknownRecord } from '../shape.js';

/** What pnpm-workspace.yaml says about names. */
export type PnpmWorkspace = {
  readonly packages: readonly string[];
  readonly catalogs: Catalogs;
  readonly overrides: readonly DependencyRequest[];
  /** Packages that pnpm installs and runs before all others. */
  readonly configDependencies: readonly DependencyRequest[];
};

/** Reads the parsed YAML of a pnpm-workspace.yaml. */
export function parsePnpmWorkspace(document: unknown, fail: Fail): PnpmWorkspace {
  const root = recordAt(document, 'the document', fail);
  return {
    packages: stringsAt(root['packages'], 'packages', fail),
    catalogs: parseCatalogs(root, fail),
    overrides: flattenOverrides(root['overrides'], fail),
    configDependencies: parseConfigDependencies(root['configDependencies'], fail),
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

/** `name: version+integrity`, or an object with a tarball and an integrity. */
function parseConfigDependencies(value: unknown, fail: Fail): readonly DependencyRequest[] {
  const lines = Object.entries(recordAt(value, 'configDependencies', fail));
  return lines.map(([key, line]) => ({
    key,
    spec: typeof line === 'string' ? line.replace(/\+sha\d+-.*$/, '') : '*',
    kind: 'prod',
  }));
}

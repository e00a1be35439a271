import type { SourceKind } from '../../model/resolved-tree.js';
import type { DependencyRequest } from '../dependency-request.js';
import type { Fail } from '../shape.js';
import { parseLegacyPackageId, parsePackageId } from './package-id.js';
import type { PnpmDependency, PnpmDocument, PnpmPackage } from './pnpm-document.js';
import { parseResolution } from './pnpm-source.js';

/** One package of the lockfile: all its dependency paths that differ only in their peers together. */
export type PnpmNode = {
  /** `name@version`. */
  readonly id: string;
  readonly name: string;
  readonly version: string | null;
  readonly source: SourceKind;
  readonly resolved: string | null;
  readonly integrity: string | null;
  readonly requiresBuild: boolean | null;
  readonly deprecated: string | null;
  readonly optional: boolean;
  readonly dependencies: readonly PnpmDependency[];
  readonly peers: readonly DependencyRequest[];
};

export type PnpmNodes = {
  readonly byId: ReadonlyMap<string, PnpmNode>;
  /** Dependency path to id. */
  readonly idOf: ReadonlyMap<string, string>;
};

/**
 * Joins the dependency paths of a document to packages.
 *
 * @param legacy whether the paths are those of 5.x
 */
export function parseNodes(document: PnpmDocument, legacy: boolean, fail: Fail): PnpmNodes {
  const groups = new Map<string, PnpmNode[]>();
  const idOf = new Map<string, string>();
  const ids = new Map<string, Map<string, string>>();
  for (const [path, raw] of document.packages) {
    const parsed = parseNode(path, raw, legacy, fail);
    const node = { ...parsed, id: uniqueId(parsed, ids) };
    const group = groups.get(node.id);
    if (group === undefined) groups.set(node.id, [node]);
    else group.push(node);
    idOf.set(path, node.id);
  }
  return { byId: new Map([...groups].map(([id, group]) => [id, joinNodes(group)])), idOf };
}

function parseNode(path: string, raw: PnpmPackage, legacy: boolean, fail: Fail): PnpmNode {
  const parsed = legacy ? parseLegacyPackageId(path) : parsePackageId(path);
  const name = raw.name ?? parsed?.name ?? path;
  const reference = parsed?.reference ?? path;
  const resolution = parseResolution(raw.resolution, reference, `packages.${path}`, fail);
  const isVersion = resolution.source === 'registry';
  const resolvedKeys = new Set(raw.dependencies.map(({ key }) => key));
  return {
    id: `${name}@${reference}`,
    name,
    version: raw.version ?? (isVersion ? reference : namedRegistryVersion(reference)),
    ...resolution,
    requiresBuild: raw.requiresBuild,
    deprecated: raw.deprecated,
    optional: raw.optional,
    dependencies: raw.dependencies,
    peers: raw.peers.filter(({ key }) => !resolvedKeys.has(key)),
  };
}

/** `1.0.0` of `work:1.0.0`, where `work` is one of `namedRegistries`. */
function namedRegistryVersion(reference: string): string | null {
  return /^[a-z][\w.-]*:(\d+\.\d+\.\d+(?:[-+].*)?)$/i.exec(reference)?.[1] ?? null;
}

/** The id of a package; a number is added where the same name and version stand for other bytes. */
function uniqueId(
  { id, source, resolved, integrity }: PnpmNode,
  ids: Map<string, Map<string, string>>,
): string {
  const bytes = JSON.stringify([source, resolved, integrity]);
  const known = ids.get(id) ?? new Map<string, string>();
  ids.set(id, known);
  const own = known.get(bytes) ?? (known.size === 0 ? id : `${id}#bytes${known.size + 1}`);
  known.set(bytes, own);
  return own;
}

/** Joins dependency paths that differ in their peers only. */
function joinNodes(group: PnpmNode[]): PnpmNode {
  const [first] = group as [PnpmNode];
  if (group.length === 1) return first;
  return {
    ...first,
    optional: group.every(({ optional }) => optional),
    dependencies: group.flatMap(({ dependencies }) => dependencies),
    peers: group.flatMap(({ peers }) => peers),
  };
}

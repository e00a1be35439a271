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
  const byId = new Map<string, PnpmNode>();
  const idOf = new Map<string, string>();
  for (const [path, raw] of document.packages) {
    const node = parseNode(path, raw, legacy, fail);
    const other = byId.get(node.id);
    byId.set(node.id, other === undefined ? node : join(other, node));
    idOf.set(path, node.id);
  }
  return { byId, idOf };
}

function parseNode(path: string, raw: PnpmPackage, legacy: boolean, fail: Fail): PnpmNode {
  const parsed = legacy ? parseLegacyPackageId(path) : parsePackageId(path);
  const name = raw.name ?? parsed?.name ?? path;
  const reference = parsed?.reference ?? path;
  const resolution = parseResolution(raw.resolution, reference, `packages.${path}`, fail);
  const isVersion = resolution.source === 'registry';
  return {
    id: `${name}@${reference}`,
    name,
    version: raw.version ?? (isVersion ? reference : null),
    ...resolution,
    requiresBuild: raw.requiresBuild,
    optional: raw.optional,
    dependencies: raw.dependencies,
    peers: raw.peers.filter(({ key }) => !raw.dependencies.some((dependency) => dependency.key === key)),
  };
}

function join(one: PnpmNode, other: PnpmNode): PnpmNode {
  return {
    ...one,
    optional: one.optional && other.optional,
    dependencies: [...one.dependencies, ...other.dependencies],
    peers: [...one.peers, ...other.peers],
  };
}

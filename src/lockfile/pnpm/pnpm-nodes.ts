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
  const byId = new Map<string, PnpmNode>();
  const idOf = new Map<string, string>();
  const groups = new Map<string, [PnpmNode, ...PnpmNode[]]>();
  const ids = new UniqueIds();
  for (const [path, raw] of document.packages) {
    const parsed = parseNode(path, raw, legacy, fail);
    const id = ids.idOf(parsed);
    const node = id === parsed.id ? parsed : { ...parsed, id };
    const first = byId.get(id);
    const group = groups.get(id);
    if (first === undefined) byId.set(id, node);
    else if (group === undefined) groups.set(id, [first, node]);
    else group.push(node);
    idOf.set(path, id);
  }
  for (const [id, group] of groups) byId.set(id, joinNodes(group));
  return { byId, idOf };
}

function parseNode(path: string, raw: PnpmPackage, legacy: boolean, fail: Fail): PnpmNode {
  const parsed = legacy ? parseLegacyPackageId(path) : parsePackageId(path);
  const name = raw.name ?? parsed?.name ?? path;
  const reference = parsed?.reference ?? path;
  const { source, resolved, integrity } = parseResolution(raw.resolution, reference, path, fail);
  return {
    id: `${name}@${reference}`,
    name,
    version:
      raw.version ?? (source === 'registry' ? (parsed?.reference ?? null) : namedRegistryVersion(reference)),
    source,
    resolved,
    integrity,
    requiresBuild: raw.requiresBuild,
    deprecated: raw.deprecated,
    optional: raw.optional,
    dependencies: raw.dependencies,
    peers: openPeers(raw),
  };
}

/** The peers that no dependency of the package stands for. */
function openPeers({ peers, dependencies }: PnpmPackage): readonly DependencyRequest[] {
  if (peers.length === 0) return peers;
  const resolved = new Set(dependencies.map(({ key }) => key));
  return peers.filter(({ key }) => !resolved.has(key));
}

/** `1.0.0` of `work:1.0.0`, where `work` is one of `namedRegistries`. */
function namedRegistryVersion(reference: string): string | null {
  return /^[a-z][\w.-]*:(\d+\.\d+\.\d+(?:[-+].*)?)$/i.exec(reference)?.[1] ?? null;
}

/** Gives ids to packages; a number is added where the same name and version stand for other bytes. */
class UniqueIds {
  readonly #first = new Map<string, PnpmNode>();
  readonly #others = new Map<string, Map<string, string>>();

  idOf(node: PnpmNode): string {
    const { id, source, resolved, integrity } = node;
    const first = this.#first.get(id);
    if (first === undefined) {
      this.#first.set(id, node);
      return id;
    }
    if (first.source === source && first.resolved === resolved && first.integrity === integrity) return id;
    const bytes = JSON.stringify([source, resolved, integrity]);
    const others = this.#others.get(id) ?? new Map<string, string>();
    this.#others.set(id, others);
    const own = others.get(bytes) ?? `${id}#bytes${others.size + 2}`;
    others.set(bytes, own);
    return own;
  }
}

/** Joins dependency paths that differ in their peers only. */
function joinNodes(group: readonly [PnpmNode, ...PnpmNode[]]): PnpmNode {
  return {
    ...group[0],
    optional: group.every(({ optional }) => optional),
    dependencies: group.flatMap(({ dependencies }) => dependencies),
    peers: group.flatMap(({ peers }) => peers),
  };
}

import { parsePackageName } from '../../model/package-name.js';
import type { SourceKind, TreeEntry } from '../../model/resolved-tree.js';
import { devOnly } from './dev-only.js';
import type { LinkedFolder, PnpmGraph } from './pnpm-graph.js';
import type { PnpmNode, PnpmNodes } from './pnpm-nodes.js';

export type PnpmEntries = {
  readonly entries: readonly TreeEntry[];
  readonly edges: ReadonlyMap<string, readonly string[]>;
  readonly dev: ReadonlySet<string>;
};

/** The entries of a document: packages, aliases, linked folders, and the workspace's own projects. */
export function pnpmEntries(nodes: PnpmNodes, graph: PnpmGraph, legacy: boolean): PnpmEntries {
  const dev = devOnly(graph.links);
  const { edges, direct } = linkEntries(nodes, graph);
  const workspaces = new Set(graph.importers.map(({ path }) => path));
  const packages = [...nodes.byId.values()].flatMap((node) => {
    const { id, name } = node;
    const entry = { ...packageEntry(node, legacy), source: sourceOf(node, workspaces), dev: dev.has(id) };
    return [graph.keys.mainKey(id, name), ...graph.keys.otherKeys(id, name)].map((key): TreeEntry => {
      const entryId = graph.keys.entryId(id, name, key);
      return { ...entry, id: entryId, alias: key === name ? null : key, direct: direct.has(entryId) };
    });
  });
  const folders = [...graph.folders.values()].map((folder): TreeEntry => {
    return { ...folderEntry(folder), dev: dev.has(folder.id), direct: direct.has(folder.id) };
  });
  return { entries: [...packages, ...folders, ...workspaceEntries(graph, direct)], edges, dev };
}

/** The edges between entries: an alias asks for what its package asks for. */
function linkEntries(
  nodes: PnpmNodes,
  graph: PnpmGraph,
): Pick<PnpmEntries, 'edges'> & { readonly direct: ReadonlySet<string> } {
  const edges = new Map<string, Set<string>>();
  const direct = new Set<string>();
  for (const link of graph.links) {
    const node = nodes.byId.get(link.to);
    const to = node === undefined ? link.to : graph.keys.entryId(link.to, node.name, link.key);
    edges.set(link.from, (edges.get(link.from) ?? new Set()).add(to));
    if (link.direct) direct.add(to);
  }
  for (const { id, name } of nodes.byId.values()) {
    const outgoing = edges.get(id);
    if (outgoing === undefined) continue;
    for (const key of graph.keys.otherKeys(id, name)) edges.set(graph.keys.entryId(id, name, key), outgoing);
  }
  return { edges: new Map([...edges].map(([from, to]) => [from, [...to]])), direct };
}

/** A folder that the lockfile copies in (`injected`) may be one of the workspace's own. */
function sourceOf({ source, resolved }: PnpmNode, workspaces: ReadonlySet<string>): SourceKind {
  return source === 'file' && resolved !== null && workspaces.has(resolved) ? 'workspace' : source;
}

const NOTHING = {
  registryName: null,
  alias: null,
  version: null,
  spec: null,
  resolved: null,
  integrity: null,
  dev: false,
  optional: false,
  peer: false,
  hasInstallScript: null,
  direct: false,
  presence: 'installed',
} as const;

function packageEntry(node: PnpmNode, legacy: boolean): TreeEntry {
  const { id, name, version, source, resolved, integrity, optional, requiresBuild } = node;
  return {
    ...NOTHING,
    id,
    name,
    registryName: source === 'registry' ? parsePackageName(name) : null,
    version,
    source,
    resolved,
    integrity,
    optional,
    hasInstallScript: requiresBuild ?? (legacy ? false : null),
  };
}

function folderEntry({ id, key, path }: LinkedFolder): TreeEntry {
  return { ...NOTHING, id, name: key, source: 'link', resolved: path };
}

function workspaceEntries(graph: PnpmGraph, direct: ReadonlySet<string>): readonly TreeEntry[] {
  const members = graph.importers.filter(({ path }) => path !== '.');
  return members.map(({ id, path }) => {
    const name = graph.workspaceNames.get(path) ?? path;
    return { ...NOTHING, id, name, source: 'workspace', resolved: path, direct: direct.has(id) };
  });
}

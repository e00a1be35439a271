import { parsePackageName } from '../../model/package-name.js';
import type { TreeEntry } from '../../model/resolved-tree.js';
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
  const edges = new Map<string, Set<string>>();
  const direct = new Set<string>();
  for (const link of graph.links) {
    const node = nodes.byId.get(link.to);
    const to = node === undefined ? link.to : graph.keys.entryId(link.to, node.name, link.key);
    edges.set(link.from, (edges.get(link.from) ?? new Set()).add(to));
    if (link.direct) direct.add(to);
  }
  const workspaces = new Set(graph.importers.map(({ path }) => path));
  const entries: TreeEntry[] = [];
  for (const node of nodes.byId.values()) {
    const { id, name } = node;
    for (const key of [graph.keys.mainKey(id, name), ...graph.keys.otherKeys(id, name)]) {
      const entryId = graph.keys.entryId(id, name, key);
      const isWorkspace = node.source === 'file' && node.resolved !== null && workspaces.has(node.resolved);
      const entry = { ...packageEntry(node, key, legacy), id: entryId, dev: dev.has(id), direct: direct.has(entryId) };
      entries.push(isWorkspace ? { ...entry, source: 'workspace' } : entry);
      const outgoing = edges.get(id);
      if (entryId !== id && outgoing !== undefined) edges.set(entryId, outgoing);
    }
  }
  for (const folder of graph.folders.values()) {
    entries.push({ ...folderEntry(folder), dev: dev.has(folder.id), direct: direct.has(folder.id) });
  }
  entries.push(...workspaceEntries(graph, direct));
  return { entries, edges: new Map([...edges].map(([from, to]) => [from, [...to]])), dev };
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

function packageEntry(node: PnpmNode, key: string, legacy: boolean): TreeEntry {
  const { id, name, version, source, resolved, integrity, optional, requiresBuild } = node;
  return {
    ...NOTHING,
    id,
    name,
    registryName: source === 'registry' ? parsePackageName(name) : null,
    alias: key === name ? null : key,
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

import { parsePackageName } from '../../model/package-name.js';
import { type SourceKind, type TreeEntry, UNKNOWN_ENTRY } from '../../model/resolved-tree.js';
import { askedByImporters } from './asked-from.js';
import { devOnly } from './dev-only.js';
import type { LinkedFolder, PnpmGraph, PnpmLink } from './pnpm-graph.js';
import type { PnpmNode, PnpmNodes } from './pnpm-nodes.js';

export type PnpmEntries = {
  readonly entries: readonly TreeEntry[];
  readonly edges: ReadonlyMap<string, readonly string[]>;
  readonly dev: ReadonlySet<string>;
};

/** The entries of a document: packages, linked folders, and the workspace's own projects. */
export function pnpmEntries(nodes: PnpmNodes, graph: PnpmGraph, legacy: boolean): PnpmEntries {
  const dev = devOnly(graph.links);
  const asked = askedByImporters(graph.links);
  const workspaces = new Set(graph.importers.map(({ path }) => path));
  const entries: TreeEntry[] = [];
  for (const node of nodes.byId.values()) {
    const { id, name, version, source, resolved, integrity, optional, requiresBuild, deprecated } = node;
    entries.push({
      id,
      name,
      registryName: source === 'registry' ? parsePackageName(name) : null,
      // pnpm keeps one package for all its keys.
      alias: graph.aliases.get(id) ?? null,
      version,
      spec: null,
      source: sourceOf(node, workspaces),
      askedFrom: asked.get(id) ?? null,
      resolved,
      integrity,
      dev: dev.has(id),
      optional,
      peer: false,
      hasInstallScript: requiresBuild ?? (legacy ? false : null),
      deprecated,
      direct: asked.has(id),
      presence: 'installed',
    });
  }
  for (const folder of graph.folders.values()) {
    const { id } = folder;
    entries.push({ ...folderEntry(folder), dev: dev.has(id), direct: asked.has(id) });
  }
  return { entries: [...entries, ...workspaceEntries(graph, asked)], edges: edgesOf(graph.links), dev };
}

/** The ids that each id leads to, each once. */
function edgesOf(links: readonly PnpmLink[]): ReadonlyMap<string, readonly string[]> {
  const edges = new Map<string, string[]>();
  let seen = new Set<string>();
  let last: string | null = null;
  for (const { from, to } of links) {
    const known = edges.get(from);
    if (from !== last) seen = new Set(known);
    last = from;
    if (seen.has(to)) continue;
    seen.add(to);
    if (known === undefined) edges.set(from, [to]);
    else known.push(to);
  }
  return edges;
}

/** A folder that the lockfile copies in (`injected`) may be one of the workspace's own. */
function sourceOf({ source, resolved }: PnpmNode, workspaces: ReadonlySet<string>): SourceKind {
  return source === 'file' && resolved !== null && workspaces.has(resolved) ? 'workspace' : source;
}

function folderEntry({ id, key, path }: LinkedFolder): TreeEntry {
  return { ...UNKNOWN_ENTRY, id, name: key, source: 'link', resolved: path };
}

function workspaceEntries(graph: PnpmGraph, asked: ReadonlyMap<string, unknown>): readonly TreeEntry[] {
  const members = graph.importers.filter(({ path }) => path !== '.');
  return members.map(({ id, path }) => {
    const name = graph.workspaceNames.get(path) ?? path;
    return { ...UNKNOWN_ENTRY, id, name, source: 'workspace', resolved: path, direct: asked.has(id) };
  });
}

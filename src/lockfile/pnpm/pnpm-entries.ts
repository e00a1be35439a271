import { parsePackageName } from '../../model/package-name.js';
import { type SourceKind, type TreeEntry, UNKNOWN_ENTRY } from '../../model/resolved-tree.js';
import { askedByImporters } from './asked-from.js';
import { devOnly } from './dev-only.js';
import type { LinkedFolder, PnpmGraph } from './pnpm-graph.js';
import type { PnpmNode, PnpmNodes } from './pnpm-nodes.js';

export type PnpmEntries = {
  readonly entries: readonly TreeEntry[];
  readonly edges: ReadonlyMap<string, readonly string[]>;
  readonly dev: ReadonlySet<string>;
};

/** The entries of a document: packages, linked folders, and the workspace's own projects. */
export function pnpmEntries(nodes: PnpmNodes, graph: PnpmGraph, legacy: boolean): PnpmEntries {
  const dev = devOnly(graph.links);
  const direct = new Set(graph.links.filter((link) => link.direct).map(({ to }) => to));
  const asked = askedByImporters(graph.links);
  const edges = new Map<string, Set<string>>();
  for (const { from, to } of graph.links) edges.set(from, (edges.get(from) ?? new Set()).add(to));
  const workspaces = new Set(graph.importers.map(({ path }) => path));
  const packages = [...nodes.byId.values()].map((node): TreeEntry => {
    const { id } = node;
    const source = sourceOf(node, workspaces);
    const alias = aliasOf(node, graph.keys.get(id));
    const askedFrom = asked.get(id) ?? null;
    return {
      ...packageEntry(node, legacy),
      source,
      alias,
      askedFrom,
      dev: dev.has(id),
      direct: direct.has(id),
    };
  });
  const folders = [...graph.folders.values()].map((folder): TreeEntry => {
    return { ...folderEntry(folder), dev: dev.has(folder.id), direct: direct.has(folder.id) };
  });
  return {
    entries: [...packages, ...folders, ...workspaceEntries(graph, direct)],
    edges: new Map([...edges].map(([from, to]) => [from, [...to]])),
    dev,
  };
}

/** pnpm keeps one package for all its keys: it has an alias only where nothing has it under its own name. */
function aliasOf({ name }: PnpmNode, keys: ReadonlySet<string> | undefined): string | null {
  if (keys === undefined || keys.has(name)) return null;
  const [first = null] = keys;
  return first;
}

/** A folder that the lockfile copies in (`injected`) may be one of the workspace's own. */
function sourceOf({ source, resolved }: PnpmNode, workspaces: ReadonlySet<string>): SourceKind {
  return source === 'file' && resolved !== null && workspaces.has(resolved) ? 'workspace' : source;
}

function packageEntry(node: PnpmNode, legacy: boolean): TreeEntry {
  const { id, name, version, source, resolved, integrity, optional, requiresBuild, deprecated } = node;
  return {
    ...UNKNOWN_ENTRY,
    id,
    name,
    registryName: source === 'registry' ? parsePackageName(name) : null,
    version,
    source,
    resolved,
    integrity,
    optional,
    deprecated,
    hasInstallScript: requiresBuild ?? (legacy ? false : null),
  };
}

function folderEntry({ id, key, path }: LinkedFolder): TreeEntry {
  return { ...UNKNOWN_ENTRY, id, name: key, source: 'link', resolved: path };
}

function workspaceEntries(graph: PnpmGraph, direct: ReadonlySet<string>): readonly TreeEntry[] {
  const members = graph.importers.filter(({ path }) => path !== '.');
  return members.map(({ id, path }) => {
    const name = graph.workspaceNames.get(path) ?? path;
    return { ...UNKNOWN_ENTRY, id, name, source: 'workspace', resolved: path, direct: direct.has(id) };
  });
}

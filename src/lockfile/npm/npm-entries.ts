import { parsePackageName } from '../../model/package-name.js';
import type { SourceKind, TreeEntry } from '../../model/resolved-tree.js';
import { findBundled } from './bundled.js';
import type { NpmGraph } from './npm-graph.js';
import type { NpmPackage, NpmPackages } from './npm-package.js';
import { npmSource } from './npm-source.js';

/** One entry for each location but the root's; a link and the folder that it stands for are one. */
export function npmEntries(packages: NpmPackages, graph: NpmGraph): readonly TreeEntry[] {
  const entries: TreeEntry[] = [];
  const bundled = findBundled(packages, graph.edges);
  for (const one of packages.values()) {
    if (one.location === '' || graph.links.targets.has(one.location)) continue;
    entries.push(npmEntry(graph, one, bundled.has(one.location)));
  }
  return entries;
}

function npmEntry(graph: NpmGraph, one: NpmPackage, bundled: boolean): TreeEntry {
  const { location } = one;
  const source = sourceOf(graph, one, bundled);
  const linkedAs = one.parent === null ? graph.links.names.get(location) : one.key;
  const name = one.name ?? linkedAs ?? location;
  return {
    id: graph.idOf(one),
    name,
    registryName: source === 'registry' ? parsePackageName(name) : null,
    alias: linkedAs === undefined || linkedAs === name ? null : linkedAs,
    version: one.version,
    spec: null,
    source,
    askedFrom: graph.askedFrom.get(location) ?? null,
    resolved: one.resolved,
    integrity: one.integrity,
    dev: one.dev,
    optional: one.optional,
    peer: one.peer,
    hasInstallScript: one.hasInstallScript,
    deprecated: one.deprecated,
    direct: graph.direct.has(location),
    presence: 'installed',
  };
}

function sourceOf(graph: NpmGraph, one: NpmPackage, bundled: boolean): SourceKind {
  if (one.parent === null) return graph.importers.has(one.location) ? 'workspace' : 'link';
  return npmSource(one, graph.askedFrom.get(one.location) ?? null, bundled);
}

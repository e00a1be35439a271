import { parsePackageName } from '../../model/package-name.js';
import type { SourceKind, TreeEntry } from '../../model/resolved-tree.js';
import type { NpmGraph } from './npm-graph.js';
import type { NpmPackage, NpmPackages } from './npm-package.js';
import { npmSource } from './npm-source.js';

/** One entry for each location but the root's; a link and the folder that it stands for are one. */
export function npmEntries(packages: NpmPackages, graph: NpmGraph): readonly TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (const one of packages.values()) {
    if (one.location === '' || graph.links.targets.has(one.location)) continue;
    entries.push(npmEntry(packages, graph, one));
  }
  return entries;
}

function npmEntry(packages: NpmPackages, graph: NpmGraph, one: NpmPackage): TreeEntry {
  const { location } = one;
  const source = sourceOf(packages, graph, one);
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
    resolved: one.resolved,
    integrity: one.integrity,
    dev: one.dev,
    optional: one.optional,
    peer: one.peer,
    hasInstallScript: one.hasInstallScript,
    direct: graph.direct.has(location),
    presence: 'installed',
  };
}

function sourceOf(packages: NpmPackages, graph: NpmGraph, one: NpmPackage): SourceKind {
  if (one.parent === null) return graph.importers.has(one.location) ? 'workspace' : 'link';
  return npmSource(one, graph.askedFrom.get(one.location) ?? null, one.inBundle && hasBundler(packages, one));
}

/**
 * Whether a package above brings others in its tarball. The flag `inBundle` alone proves nothing: npm fetches the
 * package from the registry when nothing above it bundles, and so it does for what the root bundles.
 */
function hasBundler(packages: NpmPackages, { parent }: NpmPackage): boolean {
  for (let above = packages.get(parent ?? ''); above?.parent != null; above = packages.get(above.parent)) {
    if (above.bundles) return true;
  }
  return false;
}

import { parsePackageName } from '../../model/package-name.js';
import type { SourceKind, TreeEntry } from '../../model/resolved-tree.js';
import { importerId } from '../importer-id.js';
import type { NpmGraph } from './npm-graph.js';
import { isInstalled, keyOf, type NpmPackage, type NpmPackages } from './npm-package.js';
import { npmSource } from './npm-source.js';

/** One entry for each location but the root's; a link and the folder that it stands for are one. */
export function npmEntries(packages: NpmPackages, graph: NpmGraph): readonly TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (const [location, raw] of packages) {
    if (location !== '' && !graph.links.targets.has(location))
      entries.push(npmEntry(packages, graph, location, raw));
  }
  return entries;
}

function npmEntry(packages: NpmPackages, graph: NpmGraph, location: string, raw: NpmPackage): TreeEntry {
  const source = sourceOf(packages, graph, location, raw);
  const key = graph.links.names.get(location) ?? keyOf(location);
  const name = raw.name ?? key;
  return {
    id: graph.importers.has(location) ? importerId(location) : location,
    name,
    registryName: source === 'registry' ? parsePackageName(name) : null,
    alias: name === key || !isLinkedOrInstalled(graph, location) ? null : key,
    version: raw.version,
    spec: null,
    source,
    resolved: raw.resolved,
    integrity: raw.integrity,
    dev: raw.dev,
    optional: raw.optional,
    peer: raw.peer,
    hasInstallScript: raw.hasInstallScript,
    direct: graph.direct.has(location),
    presence: 'installed',
  };
}

function isLinkedOrInstalled(graph: NpmGraph, location: string): boolean {
  return isInstalled(location) || graph.links.names.has(location);
}

function sourceOf(packages: NpmPackages, graph: NpmGraph, location: string, raw: NpmPackage): SourceKind {
  if (graph.importers.has(location)) return 'workspace';
  if (!isInstalled(location)) return 'link';
  return npmSource(
    raw,
    graph.askedFrom.get(location) ?? null,
    raw.inBundle && hasBundler(packages, location),
  );
}

/**
 * Whether a package above `location` brings others in its tarball. The flag `inBundle` alone proves nothing: npm
 * fetches the package from the registry when nothing above it bundles, and so it does for what the root bundles.
 */
function hasBundler(packages: NpmPackages, location: string): boolean {
  for (let above = location; above !== ''; ) {
    above = above.slice(0, Math.max(0, above.lastIndexOf('/node_modules/')));
    if (isInstalled(above) && packages.get(above)?.bundles === true) return true;
  }
  return false;
}

import type { NpmPackage, NpmPackages } from './npm-package.js';

/**
 * The locations whose bytes come in the tarball of a package above, by the rules of npm: that package names them in its
 * bundleDependencies, or only has to have them beside what it names. The flag `inBundle` alone proves nothing, and
 * npm writes neither a URL nor an integrity for them. What the root or a workspace project bundles is installed.
 *
 * @param edges location to the locations that it depends on
 */
export function findBundled(
  packages: NpmPackages,
  edges: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  if (![...packages.values()].some(({ inBundle }) => inBundle)) return new Set();
  const children = childrenOf(packages);
  const owned = new Set<string>();
  const bundled = new Set<string>();
  const fromAbove = [...packages.values()].sort((a, b) => a.location.length - b.location.length);
  for (const owner of fromAbove) {
    if (owned.has(owner.location)) continue;
    const open = (children.get(owner.location) ?? []).filter((one) => names(owner, one));
    for (let one = open.pop(); one !== undefined; one = open.pop()) {
      if (owned.has(one.location)) continue;
      owned.add(one.location);
      if (owner.parent !== null && isPlainBundled(one)) bundled.add(one.location);
      pushAll(open, [...(children.get(one.location) ?? []), ...beside(owner, one, packages, edges)]);
    }
  }
  return bundled;
}

/** As arguments of one call, many would overflow the stack. */
function pushAll<T>(list: T[], more: readonly T[]): void {
  for (const one of more) list.push(one);
}

function childrenOf(packages: NpmPackages): ReadonlyMap<string, readonly NpmPackage[]> {
  const children = new Map<string, NpmPackage[]>();
  for (const one of packages.values()) {
    if (one.parent === null) continue;
    const list = children.get(one.parent);
    if (list === undefined) children.set(one.parent, [one]);
    else list.push(one);
  }
  return children;
}

function names({ bundles }: NpmPackage, { key, inBundle }: NpmPackage): boolean {
  return bundles === 'unknown' ? inBundle : bundles.has(key);
}

function isPlainBundled({ inBundle, resolved, integrity }: NpmPackage): boolean {
  return inBundle && resolved === null && integrity === null;
}

/** What a bundled package finds in the folder of the package that brings it. */
function beside(
  owner: NpmPackage,
  one: NpmPackage,
  packages: NpmPackages,
  edges: ReadonlyMap<string, readonly string[]>,
): readonly NpmPackage[] {
  const found = (edges.get(one.location) ?? []).flatMap((id) => packages.get(id) ?? []);
  return found.filter(({ parent }) => parent === owner.location);
}

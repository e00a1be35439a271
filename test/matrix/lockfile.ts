import type { TarballRegistry } from '../support/tarball-registry.js';
import type { PackageId } from './packages.js';

export type Manifest = Readonly<Record<string, unknown>>;
export type LockedEntry = Readonly<Record<string, unknown>>;
export type Locked = Readonly<Record<string, LockedEntry>>;

/** A package-lock.json (version 3) of `root` with these entries by location. */
export function lockfile(root: Manifest, packages: Locked): object {
  const { name, version } = root;
  return { name, version, lockfileVersion: 3, requires: true, packages: { '': root, ...packages } };
}

/** Entries at the top of node_modules, as npm would write them. */
export function lockedAtTop(registry: TarballRegistry, ids: readonly PackageId[]): Locked {
  return Object.fromEntries(
    ids.map(({ name, version }) => [`node_modules/${name}`, registry.lockEntry(name, version)]),
  );
}

/** node_modules as npm leaves it when these packages are installed, and nothing else. */
export function installedFiles(
  registry: TarballRegistry,
  root: Manifest,
  ids: readonly PackageId[],
): Record<string, string | object> {
  const manifests = ids.map(({ name, version }) => [
    `node_modules/${name}/package.json`,
    { name, version, ...registry.versionOf(name, version).manifest },
  ]);
  const { '': _root, ...packages } = { '': root, ...lockedAtTop(registry, ids) };
  const { name, version } = root;
  return {
    ...Object.fromEntries(manifests),
    'node_modules/.package-lock.json': { name, version, lockfileVersion: 3, requires: true, packages },
  };
}

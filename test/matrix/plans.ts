import { type Locked, type LockedEntry, lockedAtTop, lockfile, type Manifest } from './lockfile.js';
import { BYSTANDERS, CURRENT, type PackageId, subjectOf } from './packages.js';
import type { Plan, World } from './world.js';

/** A project of the bystanders and what `extra` asks for, without lockfile. */
export function project(command: Plan['command'], extra: Manifest = {}): Plan {
  const dependencies = { ...bystanders(), ...(extra['dependencies'] as Manifest | undefined) };
  return { files: { 'package.json': manifest({ ...extra, dependencies }) }, command };
}

/** A project that asks for the subject, with a lockfile in which `entry` is the subject's. */
export function locked(
  world: World,
  command: Plan['command'],
  entry: LockedEntry = subjectEntry(world),
): Plan {
  const root = manifest({ dependencies: { ...bystanders(), ...direct(world) } });
  const packages = {
    ...lockedAtTop(world.registry, healthy(BYSTANDERS)),
    [`node_modules/${subjectOf(world.variant).name}`]: entry,
  };
  return withLockfile(root, packages, command);
}

export function withLockfile(root: Manifest, packages: Locked, command: Plan['command']): Plan {
  return { files: { 'package.json': root, 'package-lock.json': lockfile(root, packages) }, command };
}

export function manifest(extra: Manifest): Manifest {
  return { name: 'zq-matrix-project', version: '1.0.0', private: true, ...extra };
}

export function bystanders(): Record<string, string> {
  return Object.fromEntries(BYSTANDERS.map((name) => [name, CURRENT]));
}

export function healthy(names: readonly string[]): PackageId[] {
  return names.map((name) => ({ name, version: CURRENT }));
}

/** The subject as a dependency. */
export function direct({ variant }: World): Record<string, string> {
  const { name, version } = subjectOf(variant);
  return { [name]: version };
}

/** The subject's entry in a lockfile. */
export function subjectEntry({ registry, variant }: World): LockedEntry {
  const { name, version } = subjectOf(variant);
  return registry.lockEntry(name, version);
}

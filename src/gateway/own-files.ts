import { fileNameOf } from './asked-for.js';
import { type Manifest, recordIn, tarballOf } from './manifest.js';
import { NOTHING_OWN, type OwnFiles } from './outcome.js';

/** What was published here of a package that an uplink has, too. @param foreign the versions that came from uplinks */
export function ownFiles(manifest: Manifest, foreign: readonly string[]): OwnFiles {
  const set = new Set(foreign);
  const own = Object.keys(recordIn(manifest, 'versions') ?? {}).filter((version) => !set.has(version));
  if (own.length === 0) return NOTHING_OWN;
  return { versions: new Set(own), files: new Set(filesOf(manifest, own).keys()) };
}

/** Tarballs of all versions. */
export function allFiles(manifest: Manifest): ReadonlySet<string> {
  return new Set(filesOf(manifest, Object.keys(recordIn(manifest, 'versions') ?? {})).keys());
}

/** Tarballs of these versions, by the names that requests have for them. */
export function filesOf(manifest: Manifest, versions: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    versions.flatMap((version) => {
      const file = tarballOf(manifest, version);
      return file === null ? [] : [[fileNameOf(file), version] as const];
    }),
  );
}

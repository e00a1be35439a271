import type { DependencyRequest } from '../lockfile/dependency-request.js';
import type { RequestedName } from '../lockfile/parse-spec.js';
import { parsePackageName } from '../model/package-name.js';
import { type TreeEntry, UNKNOWN_ENTRY } from '../model/resolved-tree.js';
import type { SeenManifest } from './seen-manifest.js';

/** The id under which a package of a registry is known; pnpm's lockfiles have the same. */
export function idOf({ name, version }: Pick<SeenManifest, 'name' | 'version'>): string {
  return `${name}@${version}`;
}

/** A package of a registry that pnpm has resolved and that no lockfile holds yet. */
export function resolvedEntry(manifest: SeenManifest, alias: string | null, direct: boolean): TreeEntry {
  const { name, version, published, hasInstallScript } = manifest;
  return {
    ...UNKNOWN_ENTRY,
    id: idOf(manifest),
    name,
    registryName: parsePackageName(name),
    alias,
    version,
    source: 'registry',
    resolved: published?.tarball ?? null,
    integrity: published?.integrity ?? null,
    hasInstallScript,
    direct,
  };
}

/** A name that a resolved package asks for. */
export function askedEntry(id: string, asked: RequestedName, { spec, kind }: DependencyRequest): TreeEntry {
  const { name, alias, source } = asked;
  return {
    ...UNKNOWN_ENTRY,
    id,
    name,
    registryName: source === 'registry' ? parsePackageName(name) : null,
    alias,
    spec,
    source,
    optional: kind === 'optional' || kind === 'optional-peer',
    peer: kind === 'peer' || kind === 'optional-peer',
    presence: 'declared',
  };
}

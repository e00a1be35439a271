import type { StandIns } from './stand-ins.js';

type Json = Readonly<Record<string, unknown>>;

/**
 * A package document that npm can resolve without opening a tarball: no bundled packages, no shrinkwrap inside, empty
 * packages in place of git repositories and URLs.
 */
export function previewDocument(document: Json, standIns: StandIns): Json {
  const versions = Object.entries((document['versions'] ?? {}) as Record<string, Json>);
  const changed = versions.map(([version, manifest]) => [version, withoutTarball(manifest, standIns)]);
  return { ...document, versions: Object.fromEntries(changed) };
}

function withoutTarball(manifest: Json, standIns: StandIns): Json {
  const {
    bundleDependencies,
    bundledDependencies = bundleDependencies,
    _hasShrinkwrap: _one,
    hasShrinkwrap: _other,
    ...rest
  } = manifest;
  const bundled = bundledNames(bundledDependencies, manifest);
  const lists = ['dependencies', 'optionalDependencies'].filter((list) => Object.hasOwn(rest, list));
  const trimmed = lists.map((list) => [list, without(rest[list], bundled)]);
  return standIns.manifestFor({ ...rest, ...Object.fromEntries(trimmed) });
}

/** `true` bundles every dependency. */
function bundledNames(bundled: unknown, { dependencies }: Json): readonly string[] {
  if (bundled === true) return Object.keys((dependencies ?? {}) as Json);
  return Array.isArray(bundled) ? bundled.map(String) : [];
}

function without(list: unknown, names: readonly string[]): unknown {
  return Object.fromEntries(Object.entries((list ?? {}) as Json).filter(([name]) => !names.includes(name)));
}

import type { DependencyRequest } from '../lockfile/dependency-request.js';
import { findKey, ModulesFolders } from '../lockfile/npm/modules-folders.js';
import type { NpmPackages } from '../lockfile/npm/npm-package.js';
import { asksRegistry } from '../lockfile/parse-spec.js';

/** Location to every spec by which a package of the tree, or the root, asks for what lies there. */
export type AskedBy = ReadonlyMap<string, ReadonlySet<string>>;

/** Resolves every dependency line to a location, as node would, and turns the answer round. */
export function findAskedBy(packages: NpmPackages, rootRequests: readonly DependencyRequest[]): AskedBy {
  const folders = new ModulesFolders(packages);
  const asked = new Map<string, Set<string>>();
  const note = (
    place: { readonly location: string; readonly parent: string | null },
    requests: readonly DependencyRequest[],
  ) => {
    const above = folders.above(place);
    for (const { key, spec } of requests) {
      const location = findKey(key, above)?.location;
      if (location !== undefined) asked.set(location, (asked.get(location) ?? new Set()).add(spec));
    }
  };
  note({ location: '', parent: null }, rootRequests);
  for (const one of packages.values()) note(one, one.requests);
  return asked;
}

/** The name behind an alias, where all who ask mean the same one; else `null`. */
export function aliasIn(specs: ReadonlySet<string>): string | null {
  const names = new Set([...specs].map((spec) => /^npm:(@?[^@]+)/i.exec(spec)?.[1] ?? null));
  const [only] = names;
  return names.size === 1 ? (only ?? null) : null;
}

/** The URL or path from which the bytes come, where nobody asks a registry for them; else `null`. */
export function originIn(specs: ReadonlySet<string>): string | null {
  if (specs.size === 0 || ![...specs].every((spec) => asksRegistry(spec) !== true)) return null;
  const [first = ''] = specs;
  return /^[\w-][\w.-]*\/[\w.-]+(?:#|$)/.test(first) ? `github:${first}` : first;
}

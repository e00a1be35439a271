import { posix } from 'node:path';
import { parsePackageId, removePeerSuffix } from './package-id.js';
import type { PnpmDependency } from './pnpm-document.js';

/** What a dependency of an importer or a package points at. */
export type PnpmTarget =
  | { readonly kind: 'package'; readonly id: string }
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'missing'; readonly spec: string };

/**
 * Follows the lockfile's reference of a dependency.
 *
 * @param from the folder that `link:` is relative to
 * @param idOf dependency path to package id
 */
export function followReference(
  { key, ref }: PnpmDependency,
  from: string,
  idOf: ReadonlyMap<string, string>,
): PnpmTarget {
  if (ref.startsWith('link:')) return { kind: 'folder', path: posix.join(from, ref.slice('link:'.length)) };
  const id =
    idOf.get(`${key}@${ref}`) ?? idOf.get(ref) ?? idOf.get(`/${key}@${ref}`) ?? idOf.get(`/${key}/${ref}`);
  return id === undefined ? { kind: 'missing', spec: missingSpec(ref) } : { kind: 'package', id };
}

/** The reference as a manifest would have it: `real@1.0.0` is the resolution of an alias. */
function missingSpec(ref: string): string {
  const named = parsePackageId(ref);
  return named === null ? removePeerSuffix(ref) : `npm:${named.name}@${named.reference}`;
}

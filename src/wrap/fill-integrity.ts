import { type Lock, type Locked, lockEntries } from './lock-entries.js';

/** Location in an npm lockfile to the integrity that the registry publishes for its version. */
export type PublishedIntegrity = ReadonlyMap<string, string>;

export type Filled = {
  /** The lockfile with what was missing; the same bytes where nothing was. */
  readonly lockfile: Buffer;
  /** Locations that have no integrity, and for which nobody publishes one. */
  readonly missing: readonly string[];
};

/**
 * Writes the integrities that a lockfile lacks into it, so that npm verifies every byte that it fetches from a registry.
 * git and local folders have none: npm pins the commit, or copies.
 */
export function fillIntegrity(lockfile: Buffer, published: PublishedIntegrity): Filled {
  const lock = JSON.parse(lockfile.toString('utf8')) as Lock;
  const missing: string[] = [];
  let isChanged = false;
  for (const [location, one] of lockEntries(lock)) {
    if (!isFetched(one)) continue;
    const integrity = published.get(location);
    if (integrity === undefined) missing.push(location);
    else {
      one.integrity = integrity;
      isChanged = true;
    }
  }
  return { lockfile: isChanged ? Buffer.from(`${JSON.stringify(lock, null, 2)}\n`) : lockfile, missing };
}

/** A tarball that npm fetches, and of which the lockfile does not say what it should be. */
function isFetched({ version, resolved, link, inBundle, integrity }: Locked): boolean {
  if (link === true || inBundle === true) return false;
  if (typeof integrity === 'string' && integrity !== '') return false;
  if (typeof resolved === 'string') return /^https?:/i.test(resolved);
  return typeof version === 'string';
}

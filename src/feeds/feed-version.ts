import semver from 'semver';
import { type DraftEntry, wholePackage } from './feed-entry.js';
import { MAX_VERSION_LENGTH } from './limits.js';

/** What a version consists of, once a leading `v` or `=` is gone; no operator of a range is among it. */
const VERSION = /^[0-9A-Za-z][0-9A-Za-z.+-]*$/;

/**
 * A version in the form in which versions are compared: without `v`, `=` and build metadata. Two valid versions are
 * equal for semver exactly when their plain forms are. `null` for what cannot be a version.
 */
export function plainVersion(raw: string): string | null {
  const bare = raw.trim().replace(/^=?\s*v?(?=\d)/, '');
  if (bare.length > MAX_VERSION_LENGTH || !VERSION.test(bare)) return null;
  // npm installs 1.0.1 where a lockfile says 01.0.1.
  const version = semver.valid(bare, { loose: true }) ?? bare;
  const build = version.indexOf('+');
  return build < 0 ? version : version.slice(0, build);
}

/**
 * The entry for a list of versions: the whole package when the list is empty or holds `*`, `null` when nothing on it
 * can be a version.
 */
export function entryOfVersions(id: string | null, raw: readonly string[]): DraftEntry | null {
  if (raw.length === 0 || raw.includes('*')) return wholePackage(id);
  const versions = raw.map(plainVersion).filter((version) => version !== null);
  return versions.length === 0 ? null : { id, all: false, versions, ranges: [] };
}

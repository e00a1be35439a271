import semver from 'semver';
import { quote } from './key-path.js';

/** Room for some fifty exact versions. */
const MAX_RANGE_LENGTH = 1024;

/** Why `range` can't be the version range of an exception, or `null`. */
export function rangeFault(range: string): string | null {
  if (range.length > MAX_RANGE_LENGTH) return `longer than ${MAX_RANGE_LENGTH} characters`;
  if (semver.validRange(range) === null) return `${quote(range)} is no version range`;
  return acceptsEveryVersion(range) ? `${quote(range)} accepts every version` : null;
}

/**
 * Whether a valid range accepts every release, 0.0.0 aside, which is a placeholder. Between two neighbouring versions
 * that the range names nothing changes, so the versions that it names, those right after them and the least one decide.
 */
export function acceptsEveryVersion(range: string): boolean {
  const parsed = new semver.Range(range);
  const named = parsed.set.flat().flatMap(({ semver: version }) => {
    // The comparator of `*` names no version.
    if (!(version instanceof semver.SemVer)) return [];
    const { major, minor, patch } = version;
    return [`${major}.${minor}.${patch}`, `${major}.${minor}.${patch + 1}`];
  });
  return ['0.0.1', ...named].every(
    (version) => version === '0.0.0' || semver.valid(version) === null || parsed.test(version),
  );
}

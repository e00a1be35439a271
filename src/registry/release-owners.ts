import type { EpochMs } from '../model/facts.js';
import { asRecord, type JsonRecord, own, ownRecord } from './json-record.js';
import type { Release } from './release-times.js';

/** A package with fewer releases has no owner to speak of yet. */
const MIN_EARLIER_RELEASES = 3;
/** The accounts under which npm records releases by trusted publishing: a CI job, not a person. */
const CI_USERS = new Set(['GitHub Actions', 'GitLab CI/CD', 'CircleCI']);
const CI_EMAIL = /^npm-oidc-no-reply@/;

/**
 * When the releases last passed to an account that had published none of the earlier ones and was not among the
 * maintainers of the release before; `null` = never, or the manifests do not say. `releases` is sorted. The last of
 * several such moments counts: an old, harmless one must not hide a new one.
 */
export function lastOwnershipChange(
  releases: readonly Release[],
  versions: JsonRecord | null,
): EpochMs | null {
  const publishers = new Set<string>();
  let previous: JsonRecord | null = null;
  let earlier = 0;
  let changedAtMs: EpochMs | null = null;
  for (const { version, atMs } of releases) {
    const manifest = ownRecord(versions, version);
    if (manifest === null) continue;
    const publisher = publisherOf(manifest);
    if (publisher !== null && !publishers.has(publisher)) {
      if (earlier >= MIN_EARLIER_RELEASES && isStrangerTo(previous, publisher)) changedAtMs = atMs;
      publishers.add(publisher);
    }
    previous = manifest;
    earlier++;
  }
  return changedAtMs;
}

/** The account name; `null` for CI and for manifests that do not say. */
function publisherOf(manifest: JsonRecord): string | null {
  const user = ownRecord(manifest, '_npmUser');
  const name = own(user, 'name');
  const email = own(user, 'email');
  if (typeof name !== 'string' || own(user, 'trustedPublisher') !== undefined) return null;
  const isCi = CI_USERS.has(name) || (typeof email === 'string' && CI_EMAIL.test(email));
  return isCi ? null : name;
}

/** Unknown maintainers make nobody a stranger. */
function isStrangerTo(manifest: JsonRecord | null, publisher: string): boolean {
  const maintainers = own(manifest, 'maintainers');
  return (
    Array.isArray(maintainers) &&
    !maintainers.some((maintainer) => own(asRecord(maintainer), 'name') === publisher)
  );
}

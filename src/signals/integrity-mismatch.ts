import type { Subject } from '../model/verdict.js';
import { type Detector, factsOf } from './detector.js';
import { pinsOnly } from './integrity.js';

/**
 * The attack: the lockfile pins other bytes than the registry publishes for the version.
 *
 * Known false positives: registries that repack tarballs. Compared where the registry's document is at hand; everything
 * else is "not compared", which is not the same as the same.
 */
export const integrityMismatch: Detector = {
  code: 'INTEGRITY_MISMATCH',
  needs: 'facts',
  detect: (subject) => {
    const published = publishedIntegrity(subject);
    const { integrity } = subject.entry;
    if (published === null || integrity === null) return null;
    return pinsOnly(integrity, published) === false ? { expected: published, found: integrity } : null;
  },
};

/** What the registry publishes for the entry's version; `null` where it was not asked or does not say. */
export function publishedIntegrity(subject: Subject): string | null {
  const { version } = subject.entry;
  const versions = factsOf(subject)?.versions;
  if (versions === undefined || version === null || !Object.hasOwn(versions, version)) return null;
  return versions[version]?.integrity ?? null;
}

/** The integrity of the entry was compared with the registry's. */
export function isIntegrityCompared(subject: Subject): boolean {
  const published = publishedIntegrity(subject);
  const { integrity } = subject.entry;
  return published !== null && integrity !== null && pinsOnly(integrity, published) !== null;
}

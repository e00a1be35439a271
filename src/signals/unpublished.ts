import { type Detector, factsOf } from './detector.js';

/**
 * The attack: a name that its owner gave up can be registered anew by anybody, and a version that was taken back was
 * often taken back for a reason.
 *
 * Known false positives: versions that a mirror does not carry.
 */
export const unpublished: Detector = {
  code: 'UNPUBLISHED',
  needs: 'facts',
  detect: (subject) => {
    const facts = factsOf(subject);
    if (facts === null) return null;
    if (facts.unpublished) return { version: null };
    const { version } = subject.entry;
    return version !== null && publishedVersion(facts.versions, version) === null ? { version } : null;
  },
};

/** `undefined` = it was not asked about. */
function publishedVersion<V>(versions: { readonly [version: string]: V }, version: string): V | undefined {
  return Object.hasOwn(versions, version) ? versions[version] : undefined;
}

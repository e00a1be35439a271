import { type Detector, factsOf } from './detector.js';

/** The predecessor's bound: five releases within 24 hours. */
const SPIKE = 5;

/**
 * The attack: versions are published in a burst, to look maintained or to try payloads.
 *
 * Known false positives: release trains that fix a broken publication, nightly builds, and packages whose history was
 * imported. It is only measured where the times are the publisher's (see `PackageFacts.mostReleasesIn24h`).
 */
export const versionSpike: Detector = {
  code: 'VERSION_SPIKE',
  needs: 'facts',
  detect: (subject) => {
    const releasesIn24h = factsOf(subject)?.mostReleasesIn24h ?? null;
    return releasesIn24h !== null && releasesIn24h >= SPIKE ? { releasesIn24h } : null;
  },
};

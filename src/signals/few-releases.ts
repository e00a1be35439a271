import { type Detector, factsOf } from './detector.js';

/** The predecessor's bound. */
const FEW = 3;

/**
 * The attack: a squat is published once, perhaps once more to fix its payload.
 *
 * Known false positives: small finished packages and type packages; on its own it stays far below a warning.
 */
export const fewReleases: Detector = {
  code: 'FEW_RELEASES',
  needs: 'facts',
  detect: (subject) => {
    const releases = factsOf(subject)?.releaseCount ?? null;
    return releases !== null && releases < FEW ? { releases } : null;
  },
};

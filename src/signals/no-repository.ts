import { type Detector, factsOf } from './detector.js';

/**
 * The attack: a package made for one purpose has no source to show.
 *
 * Known false positives: old packages, and small ones of people who do not fill in the field. A registry that leaves
 * the field out of its documents is no evidence.
 */
export const noRepository: Detector = {
  code: 'NO_REPOSITORY',
  needs: 'facts',
  detect: (subject) => (factsOf(subject)?.hasRepository === false ? { repository: null } : null),
};

import { type Detector, factsOf } from './detector.js';

/**
 * The attack: the account behind a package is gone (closed, banned or given up), so nobody answers for its next release.
 *
 * Known false positives: names that npm itself holds. A registry that does not list maintainers is no evidence.
 */
export const noMaintainer: Detector = {
  code: 'NO_MAINTAINER',
  needs: 'facts',
  detect: (subject) => (factsOf(subject)?.maintainerCount === 0 ? { maintainers: 0 } : null),
};

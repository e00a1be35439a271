import { imitationDetector } from './imitation.js';

/**
 * The attack: an established scope is imitated, dropped or added (`types-node` for `@types/node`).
 *
 * Known false positives: forks that carry the original's name under the scope of whoever made them. A package in the
 * scope of its imitated owner is exempt.
 */
export const namespaceSquatting = imitationDetector('NAMESPACE_SQUATTING');

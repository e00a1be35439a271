import { imitationDetector } from './imitation.js';

/**
 * The attack: a name that is well known elsewhere (PyPI) and free on npm is registered there.
 *
 * Known false positives: genuine ports, and common words.
 */
export const crossEcosystem = imitationDetector('CROSS_ECOSYSTEM');

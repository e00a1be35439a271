import { knownBadDetector } from './known-bad.js';

/**
 * The attack: a name that models are known to invent has been registered since.
 *
 * Known false positives: a genuine package that took such a name later; so it raises the risk and does not block alone.
 */
export const knownHallucination = knownBadDetector('KNOWN_HALLUCINATION', 'hallucination');

import { imitationDetector } from './imitation.js';

/**
 * The attack: a name that differs from an established one by a slip of the finger or of the eye (a missing, doubled or
 * swapped character, a look-alike, a moved separator).
 *
 * Known false positives: short names, which are near to many others by chance; families of packages that differ in one
 * character on purpose. Names at least 2⁻¹⁰ times as popular as what they resemble are exempt.
 */
export const typosquat = imitationDetector('TYPOSQUAT');

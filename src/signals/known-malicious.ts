import { knownBadDetector } from './known-bad.js';

/**
 * The attack is known: a feed that the user trusts names this version, or the whole package, as malicious.
 *
 * Known false positives: those of the feed. Versions are compared exactly, so the repaired release of a package that
 * was compromised once is not meant.
 */
export const knownMalicious = knownBadDetector('KNOWN_MALICIOUS', 'malicious');

import type { Detector } from './detector.js';
import { isStrong, parseIntegrity } from './integrity.js';
import { isPinned } from './integrity-missing.js';

/**
 * The attack: sha1 and md5 do not bind: two tarballs with the same hash can be made.
 *
 * Known false positives: lockfiles of old packages, for which registries publish nothing better.
 */
export const integrityWeak: Detector = {
  code: 'INTEGRITY_WEAK',
  detect: ({ entry }) => {
    const hashes = entry.integrity === null || !isPinned(entry) ? [] : parseIntegrity(entry.integrity);
    const [first] = hashes;
    return first === undefined || isStrong(hashes) ? null : { algorithm: first.algorithm };
  },
};

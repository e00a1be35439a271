import type { Subject } from '../model/verdict.js';
import type { Detector } from './detector.js';
import { parseIntegrity } from './integrity.js';

/**
 * The attack: without an integrity in the lockfile, whoever answers for the URL decides at every install what the bytes
 * are.
 *
 * Known false positives: lockfiles of old npm versions, and of registries that publish no hashes.
 */
export const integrityMissing: Detector = {
  code: 'INTEGRITY_MISSING',
  detect: ({ entry }) =>
    isPinned(entry) && (entry.integrity === null || parseIntegrity(entry.integrity).length === 0)
      ? { integrity: entry.integrity }
      : null,
};

/** A package of a registry that the lockfile resolves; only these have an integrity. */
export function isPinned(entry: Subject['entry']): boolean {
  return entry.source === 'registry' && entry.presence === 'installed' && entry.version !== null;
}

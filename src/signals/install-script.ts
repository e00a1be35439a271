import type { Subject } from '../model/verdict.js';
import { type Detector, factsOf } from './detector.js';

/**
 * The attack: a script that runs on installation needs no import to do its work; most malicious packages have one.
 *
 * Known false positives: native modules and packages that fetch a binary; established names are not blocked by it.
 */
export const installScript: Detector = {
  code: 'INSTALL_SCRIPT',
  detect: (subject) =>
    hasInstallScript(subject)
      ? { installScript: true, established: subject.names.popularity !== null }
      : null,
};

/** The lockfile speaks of the version in the tree and can be edited; the registry speaks of the latest one. */
function hasInstallScript(subject: Subject): boolean {
  return subject.entry.hasInstallScript === true || factsOf(subject)?.hasInstallScript === true;
}

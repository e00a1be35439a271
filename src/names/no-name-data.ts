import { Contexts } from './data/contexts.js';
import type { NameData } from './name-data.js';

/**
 * Stands in for the bundled names under `--no-data`: nothing is established, nothing is called new, only core
 * modules are recognised.
 */
export const NO_NAME_DATA: NameData = {
  snapshotDate: '',
  counts: { establishedNames: 0, establishedScopes: 0, pypiNames: 0, targetNames: 0 },
  popularityOf: () => null,
  existedAtSnapshot: () => true,
  isEstablishedScope: () => false,
  scopeLeader: () => null,
  pypiRankOf: () => null,
  mayBeTarget: () => false,
  contexts: new Contexts(new Uint8Array(0)),
};

import type { Detector } from './detector.js';

/**
 * Lowers the risk: only the owner of a scope can publish in it, and this one holds established packages. A squatter
 * cannot have such a name.
 *
 * It says nothing about a take-over of the owner's account.
 */
export const scopeEstablished: Detector = {
  code: 'SCOPE_ESTABLISHED',
  detect: ({ names: { scopeLeader, popularity } }) =>
    scopeLeader === null || popularity !== null
      ? null
      : {
          leader: scopeLeader.name,
          monthlyDownloads: 2 ** scopeLeader.popularity,
          packages: scopeLeader.packages,
        },
};

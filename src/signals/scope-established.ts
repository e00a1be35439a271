import type { Detector } from './detector.js';

/**
 * Lowers the risk: only the owner of a scope can publish in it. Either the scope holds established packages, or the user's
 * own npm configuration gives it a registry of its own. A squatter cannot have such a name.
 *
 * It says nothing about a take-over of the owner's account. A registry that only the project's .npmrc names counts for
 * nothing: whoever wrote the project wrote that too.
 */
export const scopeEstablished: Detector = {
  code: 'SCOPE_ESTABLISHED',
  detect: ({ names: { scopeLeader, popularity }, knowledge: { registry } }) => {
    if (registry?.isScopeRegistry === true && registry.isChosenByUser && !registry.isPublic)
      return { registry: registry.url };
    if (scopeLeader === null || popularity !== null) return null;
    return {
      leader: scopeLeader.name,
      monthlyDownloads: 2 ** scopeLeader.popularity,
      packages: scopeLeader.packages,
    };
  },
};

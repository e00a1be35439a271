import type { Detector } from './detector.js';

/**
 * The attack: a model invents a name, and whoever registers it first owns every install of it. A name that the
 * responsible registry does not know is that invitation.
 *
 * Known false positives: a private package that is looked for on the wrong registry because its scope is not configured.
 */
export const notFound: Detector = {
  code: 'NOT_FOUND',
  detect: ({ knowledge }) =>
    knowledge.answer?.kind === 'absent' ? { registry: knowledge.registry?.url ?? null } : null,
};

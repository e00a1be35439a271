import type { Detector } from './detector.js';

/**
 * Lowers the risk: an established package asks for it, so that the name was not invented for this project. As long as
 * nothing hard speaks against it (see score/score.ts) such a package is not blocked.
 *
 * It says nothing about a parent whose new release was compromised, and the parent is known from the lockfile, which
 * can be edited.
 */
export const parentEstablished: Detector = {
  code: 'PARENT_ESTABLISHED',
  detect: ({ entry, context, names }) =>
    entry.direct || entry.source !== 'registry' || context.parent === null || names.popularity !== null
      ? null
      : { parent: context.parent.name, monthlyDownloads: 2 ** context.parent.popularity },
};

import type { Detector } from './detector.js';

/**
 * The attack: an optional or peer dependency whose name nobody owns. Installs succeed without it, so nobody notices
 * until somebody registers the name; from then on it is installed with the package that asks for it.
 *
 * Known false positives: none; names in a scope with a registry of its own are not called absent.
 */
export const phantomOptional: Detector = {
  code: 'PHANTOM_OPTIONAL',
  detect: ({ entry, knowledge }) =>
    knowledge.answer?.kind === 'absent' && (entry.optional || entry.peer)
      ? { optional: entry.optional, peer: entry.peer }
      : null,
};

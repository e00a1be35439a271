import type { Detector } from './detector.js';

/**
 * The attack: a package far down in the tree comes from a git repository or a URL, past every registry: no review, no
 * removal, and with git, scripts that run while it is packed. The same where the lockfile says so of a package that is
 * asked for by a plain range.
 *
 * Known false positives: forks that a project chose for itself (`overrides`). What its own package.json asks for by
 * URL is meant.
 */
export const exoticSource: Detector = {
  code: 'EXOTIC_SOURCE',
  detect: ({ entry }) => {
    if (entry.source !== 'git' && entry.source !== 'remote') return null;
    return entry.direct && entry.askedFrom !== 'registry' ? null : { source: entry.source };
  },
};

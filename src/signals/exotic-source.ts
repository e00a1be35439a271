import type { SourceKind } from '../model/resolved-tree.js';
import type { Detector } from './detector.js';

const EXOTIC: ReadonlySet<SourceKind> = new Set<SourceKind>(['git', 'remote', 'file']);

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
  detect: ({ entry: { source, askedFrom, direct } }) => {
    const isMeant = askedFrom !== 'registry' && (direct || source === 'file');
    return isMeant || !EXOTIC.has(source) ? null : { source };
  },
};

import type { Unchecked } from '../model/resolved-tree.js';
import type { Verdict } from '../model/verdict.js';

/** Where a verdict goes: into the report, to the unchecked, or both. */
export type Sorted = { readonly reported: boolean; readonly unchecked: readonly Unchecked[] };

const REPORTED: Sorted = { reported: true, unchecked: [] };

/**
 * Sorts the verdicts on names that the tree declares but the lockfile doesn't resolve from those on packages.
 *
 * - An optional peer is installed by nobody but a person. It is a finding when nobody owns its name; any other doubt
 *   about it is noted among the unchecked.
 * - A required peer or an optional dependency may be resolved by the next install. It is reported unless it is safe.
 * - Everything else is a package of the tree and always reported.
 */
export function sortOut(verdict: Verdict): Sorted {
  const { entry, knowledge } = verdict.subject;
  if (entry.presence === 'installed' && verdict.risk !== 'unknown') return REPORTED;
  const detail = knowledge.answer?.kind === 'unavailable' ? knowledge.answer.detail : null;
  const why: Unchecked[] =
    detail === null || verdict.risk !== 'unknown' ? [] : [{ id: entry.id, reason: detail }];
  const isBystander = entry.presence === 'declared' && !entry.direct && (entry.optional || entry.peer);
  if (!isBystander) return { reported: true, unchecked: why };
  if (verdict.risk === 'safe') return { reported: false, unchecked: [] };
  if (!(entry.optional && entry.peer) || verdict.risk === 'not-found')
    return { reported: true, unchecked: why };
  const reason = `optional peer dependency, not installed; ${detail ?? `it would be ${verdict.risk}`}`;
  return { reported: false, unchecked: [{ id: entry.id, reason }] };
}

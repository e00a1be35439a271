import type { FactAnswer, PackageFacts } from '../model/facts.js';
import type { NameJudgement } from '../model/name-judgement.js';
import { type PackageName, scopeOf } from '../model/package-name.js';
import type { Unchecked } from '../model/resolved-tree.js';
import type { Verdict } from '../model/verdict.js';

const NOT_INSTALLED = 'declared as an optional or peer dependency, not installed';

/**
 * A name that a dependency declares but the lockfile doesn't resolve (an optional peer, a package for another
 * platform) brings nothing onto the disk. It is a finding only when somebody could register it.
 */
function isBystander({ subject: { entry } }: Verdict): boolean {
  return entry.presence === 'declared' && !entry.direct && (entry.optional || entry.peer);
}

/** Scopes in which the registry or the bundled names know a package of the tree: only their owner can publish there. */
export function ownedScopes(
  answers: ReadonlyMap<PackageName, FactAnswer<PackageFacts>>,
  names: ReadonlyMap<PackageName, NameJudgement>,
): ReadonlySet<string> {
  const exists = (name: PackageName) =>
    answers.get(name)?.kind === 'found' || (names.get(name)?.popularity ?? null) !== null;
  const scopes = [...names.keys()].map((name) => (exists(name) ? scopeOf(name) : null));
  return new Set(scopes.filter((scope) => scope !== null));
}

/** A verdict that belongs into the report, or the reason why it does not: nothing is dropped without one. */
export function sortOut(
  verdict: Verdict,
  owned: ReadonlySet<string>,
): { readonly reported: boolean; readonly unchecked: Unchecked[] } {
  const { entry, knowledge } = verdict.subject;
  const detail = knowledge.answer?.kind === 'unavailable' ? knowledge.answer.detail : null;
  const note = (reason: string): Unchecked[] => [{ id: entry.id, reason }];
  if (!isBystander(verdict)) return { reported: true, unchecked: detail === null ? [] : note(detail) };
  if (detail !== null) return { reported: false, unchecked: note(`${NOT_INSTALLED}; ${detail}`) };
  if (verdict.risk !== 'not-found') return { reported: false, unchecked: [] };
  const scope = entry.registryName === null ? null : scopeOf(entry.registryName);
  if (scope === null || !owned.has(scope)) return { reported: true, unchecked: [] };
  return {
    reported: false,
    unchecked: note(`${NOT_INSTALLED}; it does not exist, and only the owner of ${scope} could publish it`),
  };
}

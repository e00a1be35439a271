import { type NameJudgement, NO_JUDGEMENT, type ScopeLeader } from '../model/name-judgement.js';
import { type PackageName, scopeOf } from '../model/package-name.js';
import { findImitations } from './find-imitations.js';
import type { NameData } from './name-data.js';
import { suggest } from './suggest.js';

/** What the bundled names say about a name. */
export type NameJudge = (name: PackageName, isDirect: boolean) => NameJudgement;

/** Compared names that are remembered, some 2 MB: what a program that stays, as a server or a hook, is asked again. */
const REMEMBERED = 4_096;

/**
 * Makes the judge of names. An established name that only other packages ask for is taken as it is: whoever wrote
 * them meant it. Everything else is compared with all established names.
 */
export function createNameJudge(data: NameData): NameJudge {
  const snapshotAtMs = data.snapshotDate === '' ? null : Date.parse(data.snapshotDate);
  const leaders = new Map<string, ScopeLeader | null>();
  const leaderOf = (name: PackageName): ScopeLeader | null => {
    const scope = scopeOf(name);
    if (scope === null) return null;
    const leader = leaders.get(scope) ?? data.scopeLeader(scope);
    leaders.set(scope, leader);
    return leader;
  };
  const compare = (name: PackageName, popularity: number | null): NameJudgement => {
    const findings = findImitations(name, data);
    const suggestions = suggest(name, findings, data);
    return {
      popularity,
      inSnapshot: popularity !== null || data.existedAtSnapshot(name),
      snapshotAtMs,
      scopeLeader: leaderOf(name),
      imitations: findings.map(({ technique, signal, imitated, ecosystem, strength }) => ({
        technique,
        signal,
        imitated,
        ecosystem,
        strength,
      })),
      suggestions: suggestions.map((suggestion) => ({ name: suggestion.name, why: suggestion.why })),
    };
  };
  const remembered = new Map<PackageName, NameJudgement>();
  return (name, isDirect) => {
    const known = remembered.get(name);
    if (known !== undefined && (isDirect || known.popularity === null)) return known;
    const popularity = data.popularityOf(name);
    if (popularity !== null && !isDirect)
      return { ...NO_JUDGEMENT, popularity, inSnapshot: true, snapshotAtMs };
    const judgement = compare(name, popularity);
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(name, judgement);
    return judgement;
  };
}

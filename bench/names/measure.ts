import { findImitations } from '../../src/names/find-imitations.js';
import type { NameFinding, Suggestion } from '../../src/names/finding.js';
import type { NameData } from '../../src/names/name-data.js';
import { suggest } from '../../src/names/suggest.js';
import { hideName } from './hidden-name.js';
import type { Typo } from './typos.js';

/** Log-odds of a direct dependency before any signal; the thresholds are those of the policy. */
const PRIOR = -3;
const SAFE_BELOW = 0.3;
const BLOCKED_FROM = 0.6;

export interface Judged {
  readonly name: string;
  readonly findings: readonly NameFinding[];
  readonly suggestions: readonly Suggestion[];
}

export function judge(name: string, data: NameData): Judged {
  const findings = findImitations(name, data);
  return { name, findings, suggestions: suggest(name, findings, data) };
}

/** The score of a direct dependency of which nothing is known but its name: the most convincing finding counts. */
export function scoreOf(findings: readonly NameFinding[]): number {
  return 1 / (1 + Math.exp(-(PRIOR + (findings[0]?.strength ?? 0))));
}

export function measureHallucinated(names: readonly string[], data: NameData) {
  const judged = names.map((name) => judge(name, data));
  const figures = {
    names: names.length,
    notInSnapshot: share(names, (name) => !data.existedAtSnapshot(name)),
    explained: share(judged, ({ findings }) => findings.length > 0),
    suggested: share(judged, ({ suggestions }) => suggestions.length > 0),
    warned: share(judged, ({ findings }) => scoreOf(findings) >= SAFE_BELOW),
  };
  return { figures, judged };
}

export function measureTypos(typos: readonly Typo[], data: NameData) {
  const generated = typos.filter(({ typo }) => data.popularityOf(typo) === null);
  const results = generated.map((typo) => {
    const { findings, suggestions } = judge(typo.typo, data);
    const found = findings.some(({ imitated }) => imitated === typo.original);
    return {
      ...typo,
      found,
      first: suggestions[0]?.name === typo.original,
      warned: scoreOf(findings) >= SAFE_BELOW,
      suggestions,
    };
  });
  const figures = {
    generated: results.length,
    recall: share(results, ({ found }) => found),
    first: share(results, ({ first }) => first),
    warned: share(results, ({ warned }) => warned),
  };
  return { figures, results };
}

export function measureTop(names: readonly string[], data: NameData) {
  const scored = names.map((name) => {
    const findings = findImitations(name, data);
    return { name, findings, score: scoreOf(findings) };
  });
  const warned = scored.filter(({ score }) => score >= SAFE_BELOW);
  const blocked = warned.filter(({ score }) => score >= BLOCKED_FROM).length;
  return { figures: { names: names.length, blocked, warned: warned.length / names.length }, warned };
}

export function measureLeaveOneOut(names: readonly string[], data: NameData) {
  const judged = names.map((name) => ({ name, findings: findImitations(name, hideName(data, name)) }));
  const byTechnique = new Map<string, number>();
  for (const { findings } of judged) {
    for (const technique of new Set(findings.map((finding) => finding.technique))) {
      byTechnique.set(technique, (byTechnique.get(technique) ?? 0) + 1);
    }
  }
  const scored = judged.filter(({ findings }) => scoreOf(findings) >= SAFE_BELOW);
  const figures = {
    scored: scored.length / names.length,
    anyFinding: share(judged, ({ findings }) => findings.length > 0),
  };
  return { figures, scored, byTechnique };
}

export function share<T>(list: readonly T[], holds: (item: T) => boolean): number {
  return list.filter(holds).length / list.length;
}

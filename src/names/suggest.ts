import { findSlipsWithinScope } from './find-imitations.js';
import type { NameFinding, Suggestion } from './finding.js';
import type { NameData } from './name-data.js';
import { sentenceFor } from './sentences.js';
import { IMITATION_RATIO } from './subject.js';
import { CHARACTER_TECHNIQUES } from './techniques/index.js';
import { topicSuggestions } from './topic-suggestions.js';

const MOST_SUGGESTIONS = 3;
/** How much one doubling of downloads weighs against one unit of strength. */
const PER_DOUBLING = 0.05;
/** Strength below which a likeness is no reason to suggest a name. */
const WEAKEST = 0.15;

/** A suggestion with the figure that it is sorted by. */
export interface RankedSuggestion extends Suggestion {
  readonly rank: number;
}

/**
 * At most three established names that `name` was probably meant to be, best first. `findings` are those of
 * `findImitations`. An established name that imitates nothing needs none.
 */
export function suggest(name: string, findings: readonly NameFinding[], data: NameData): Suggestion[] {
  if (findings.length === 0 && data.popularityOf(name) !== null) return [];
  const slips = findSlipsWithinScope(name, data, CHARACTER_TECHNIQUES).map((finding) =>
    ranked(finding, 'same-scope'),
  );
  const candidates = [
    ...findings.map((finding) => ranked(finding, finding.technique)),
    ...slips,
    ...topicSuggestions(name, data),
  ];
  const best = new Map<string, RankedSuggestion>();
  for (const candidate of candidates.sort((a, b) => b.rank - a.rank)) {
    if (candidate.rank > 0 && candidate.name !== name && !best.has(candidate.name))
      best.set(candidate.name, candidate);
  }
  return withoutSquatters([...best.values()])
    .slice(0, MOST_SUGGESTIONS)
    .map(({ rank: _, ...suggestion }) => suggestion);
}

/**
 * Leaves out what is itself a thousand times less popular than a better suggestion: most likely another typo
 * of the same name.
 */
function withoutSquatters(sorted: readonly RankedSuggestion[]): RankedSuggestion[] {
  const best = sorted[0]?.popularity ?? 0;
  return sorted.filter(({ popularity }) => popularity === null || popularity > best - IMITATION_RATIO);
}

function ranked(finding: NameFinding, technique: Suggestion['technique']): RankedSuggestion {
  const { imitated, popularity, ecosystem, strength } = finding;
  const why = sentenceFor(finding);
  if (ecosystem === 'node')
    return {
      name: `node:${imitated}`,
      kind: 'builtin',
      popularity: null,
      technique,
      why,
      rank: strength + 2,
    };
  const rank = ecosystem === 'pypi' || strength < WEAKEST ? 0 : strength + (popularity ?? 0) * PER_DOUBLING;
  return { name: imitated, kind: 'package', popularity, technique, why, rank };
}

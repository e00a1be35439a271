import type { NameData } from '../../src/names/name-data.js';
import type { NameSets } from './name-sets.js';
import { percent } from './table.js';

const QUANTILES = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1];

/** What the names alone give away, before any fact: for whoever sets weights. */
export function renderNames(sets: NameSets, data: NameData): string {
  const neutral = sets.neutral();
  const drafts = neutral.names.length + neutral.explained + neutral.known;
  return [
    ...describeInvented(sets, data),
    `neutral names: ${neutral.names.length} of ${drafts} drafts; ${neutral.known} exist or pass the filter, a technique explains ${neutral.explained}`,
    `plugin names: ${describeStrengths(sets.plugins(), sets)}`,
    `typos: ${describeStrengths(sets.typos(), sets)}`,
  ].join('\n');
}

function describeInvented(sets: NameSets, data: NameData): string[] {
  const invented = sets.invented();
  const registrable = sets.registrable();
  if (invented === null || registrable === null) return [];
  const known = invented.filter((name) => data.existedAtSnapshot(name) || data.popularityOf(name) !== null);
  return [
    `invented names: ${invented.length}, of them ${invented.length - registrable.length} in established scopes, ${known.length} wrongly known to the filter`,
    `registrable: ${describeStrengths(registrable, sets)}`,
  ];
}

/** How many a technique explains, and quantiles of the most convincing findings' strengths (log-odds). */
function describeStrengths(names: readonly string[], { findingsOf }: NameSets): string {
  const strengths = names.flatMap((name) => findingsOf(name)[0]?.strength ?? []).sort((a, b) => a - b);
  const quantiles = QUANTILES.map((quantile) => {
    const strength = strengths[Math.floor(quantile * (strengths.length - 1))] ?? 0;
    return `P${quantile * 100} ${strength.toFixed(2)}`;
  });
  return `${names.length}, explained ${strengths.length} (${percent(strengths.length / names.length)}); strength ${quantiles.join(', ')}`;
}

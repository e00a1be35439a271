import type { NameFinding, NameSignal } from './finding.js';

/** What one signal of the name adds to the log-odds. */
export interface NameContribution {
  readonly signal: NameSignal;
  readonly finding: NameFinding;
  readonly strength: number;
}

/**
 * Signals of one name are other readings of the same likeness, no independent evidence: the strongest counts
 * in full, the others by this share, so that adding one never lowers the score and a pile of them doesn't
 * block.
 */
const SHARE_OF_OTHERS = 0.1;

/** The most convincing finding of each signal, with what it adds to the log-odds, greatest first. */
export function contributionsOf(findings: readonly NameFinding[]): NameContribution[] {
  const strongest = new Map<NameSignal, NameFinding>();
  for (const finding of findings) {
    const known = strongest.get(finding.signal);
    if (known === undefined || known.strength < finding.strength) strongest.set(finding.signal, finding);
  }
  return [...strongest.values()]
    .sort((a, b) => b.strength - a.strength)
    .map((finding, i) => ({
      signal: finding.signal,
      finding,
      strength: finding.strength * (i === 0 ? 1 : SHARE_OF_OTHERS),
    }));
}

/** Log-odds that the name alone speaks for an imitation: the sum of its contributions. */
export function nameStrength(findings: readonly NameFinding[]): number {
  return contributionsOf(findings).reduce((sum, { strength }) => sum + strength, 0);
}

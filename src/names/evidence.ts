import type { NameFinding, NameSignal } from './finding.js';

/** The most convincing finding of each signal: several techniques behind one signal are one piece of evidence, not many. */
export function strongestBySignal(findings: readonly NameFinding[]): ReadonlyMap<NameSignal, NameFinding> {
  const strongest = new Map<NameSignal, NameFinding>();
  for (const finding of findings) {
    const known = strongest.get(finding.signal);
    if (known === undefined || known.strength < finding.strength) strongest.set(finding.signal, finding);
  }
  return strongest;
}

/**
 * Log-odds that the name alone speaks for an imitation: the strongest finding's strength. Signals are alternative readings of the same likeness, so their
 * strengths don't add up.
 */
export function nameStrength(findings: readonly NameFinding[]): number {
  return findings.reduce((most, finding) => Math.max(most, finding.strength), 0);
}

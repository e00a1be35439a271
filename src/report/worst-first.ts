import type { ReportedPackage } from '../model/report.js';

const BY_ACTION = { block: 0, warn: 1, allow: 2 } as const;
const BY_RISK = { 'not-found': 0, 'high-risk': 1, suspicious: 2, unknown: 3, safe: 4 } as const;

/** Order of packages for a reader: blocked before warned about, not-found before high-risk. Equals stay in order of names. */
export function worstFirst(a: ReportedPackage, b: ReportedPackage): number {
  return BY_ACTION[a.action] - BY_ACTION[b.action] || BY_RISK[a.risk] - BY_RISK[b.risk];
}

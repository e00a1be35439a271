import type { ReportedPackage } from '../../src/model/report.js';

/** A package as a report has it: blocked, asked for by the project itself. */
export function reported(change: Partial<ReportedPackage> = {}): ReportedPackage {
  const name = change.name ?? 'zq-invented';
  return {
    name,
    version: '1.0.0',
    alias: null,
    source: 'registry',
    risk: 'high-risk',
    score: 0.9,
    action: 'block',
    direct: true,
    requestedBy: [['root', `${name}@1.0.0`]],
    locations: [],
    signals: [],
    suggestions: [],
    decidedBy: 'registry',
    ...change,
  };
}

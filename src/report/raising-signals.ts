import type { ReportedPackage } from '../model/report.js';
import type { Signal } from '../model/signal.js';

/** What speaks against a package, the heaviest first. */
export function raisingSignals({ signals }: Pick<ReportedPackage, 'signals'>): readonly Signal[] {
  return signals.filter(({ weight }) => weight > 0).toSorted((a, b) => b.weight - a.weight);
}

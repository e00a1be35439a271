import { DEFAULT_POLICY } from '../../src/policy/policy.js';
import { explainVerdict } from '../../src/report/explain.js';
import { renderExplanation } from '../../src/report/render-explanation.js';
import type { Measured } from './measured.js';

const CONTEXT = { policy: DEFAULT_POLICY, files: [], integrityCompared: false };

/** What `explain` says about the package in the middle of a scenario's scores. */
export function explainOne({ scenario, outcomes }: Measured): string {
  const sorted = [...outcomes].sort((a, b) => a.score - b.score);
  const middle = sorted[sorted.length >> 1];
  if (middle === undefined) return `=== ${scenario.id}: no packages`;
  return `=== ${scenario.id}: ${scenario.what}\n\n${renderExplanation(explainVerdict(middle.verdict, CONTEXT), false)}`;
}

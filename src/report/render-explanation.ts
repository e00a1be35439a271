import { styleText } from 'node:util';
import type { Signal } from '../model/signal.js';
import type { ExplainedFact, ExplainedSource, Explanation } from './explain.js';
import { sanitize } from './sanitize.js';
import { signalTexts } from './signal-texts.js';

/** The explanation for a person: facts, then signals with their weights, then the sum. */
export function renderExplanation(explanation: Explanation, color: boolean): string {
  const bold = (text: string) => (color ? styleText('bold', text) : text);
  const { name, version, sources, signals, prior, logOdds, score, thresholds, risk, action, decidedBy } =
    explanation;
  return [
    bold(sanitize(version === null ? name : `${name}@${version}`)),
    '',
    ...sources.flatMap((source) => [bold(describeSource(source)), ...source.facts.map(renderFact), '']),
    bold('Signals (log-odds)'),
    renderWeight(prior, 'before any signal'),
    ...signals.map(renderSignal),
    renderWeight(logOdds, `sum, a score of ${score.toFixed(4)}`),
    '',
    `${bold('Verdict')}  ${risk}: ${action} (suspicious from ${thresholds.suspicious}, high-risk from ${thresholds.highRisk}; decided by ${decidedBy})`,
    '',
  ].join('\n');
}

function describeSource({ what, state, registry, from, ageSeconds, reason }: ExplainedSource): string {
  const where = registry === null ? '' : ` on ${registry}`;
  const title = `${what[0]?.toUpperCase()}${what.slice(1)}${where}`;
  if (what === 'bundled names' && state === 'found')
    return `${title} (they vouch for a name, not for a version)`;
  if (state === 'not asked') return `${title}: not asked`;
  if (state === 'unavailable') return `${title}: unavailable (${sanitize(reason ?? '')})`;
  return `${title}: ${state}, from the ${from}, ${ageSeconds} s old`;
}

function renderFact({ fact, value }: ExplainedFact): string {
  return `  ${fact.padEnd(22)}${value === null ? 'unknown' : sanitize(String(value))}`;
}

function renderSignal({ code, weight, evidence }: Signal): string {
  return renderWeight(weight, `${code}: ${sanitize(signalTexts[code](evidence))}`);
}

function renderWeight(weight: number, text: string): string {
  return `  ${(weight < 0 ? '' : '+') + weight.toFixed(2)}  ${text}`;
}

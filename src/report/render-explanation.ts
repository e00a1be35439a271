import { styleText } from 'node:util';
import type { Signal } from '../model/signal.js';
import type { Cap } from '../score/score.js';
import type { Answer } from './answer.js';
import type { ExplainedFact, ExplainedPolicy, ExplainedSource, Explanation } from './explain.js';
import { renderException } from './render-exception.js';
import { sanitize } from './sanitize.js';
import { signalTexts } from './signal-texts.js';

type Bold = (text: string) => string;

/** The explanation for a person: the answer first, then facts with source and age, signals, their sum, the policy. */
export function renderExplanation(explanation: Explanation, color: boolean): string {
  const bold: Bold = (text) => (color ? styleText('bold', text, { validateStream: false }) : text);
  const { answer, sources, policy } = explanation;
  return [
    ...renderAnswer(answer, bold),
    ...sources.flatMap((source) => [bold(describeSource(source)), ...source.facts.map(renderFact), '']),
    ...renderSum(explanation, bold),
    ...renderPolicy(explanation, policy, bold),
  ].join('\n');
}

function renderAnswer({ conclusion, because, despite, unknown, advice }: Answer, bold: Bold): string[] {
  const list = (title: string, items: readonly string[]) =>
    items.length === 0 ? [] : [`  ${title}`, ...items.map((item) => `    - ${sanitize(item)}`)];
  return [
    bold(sanitize(conclusion)),
    ...list('Because', because),
    ...list('Although', despite),
    ...list('Nobody could say', unknown),
    ...list('What to do', advice),
    '',
  ];
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
  return `  ${sanitize(fact).padEnd(22)}${value === null ? 'unknown' : sanitize(String(value))}`;
}

function renderSum({ prior, signals, logOdds, score, cap }: Explanation, bold: Bold): string[] {
  return [
    bold('Signals (log-odds)'),
    renderWeight(prior, 'before any signal'),
    ...signals.map(renderSignal),
    renderWeight(logOdds, `sum, a score of ${score.toFixed(4)}`),
    ...(cap === null ? [] : [`  soft evidence alone stops at ${cap.at}: ${CAPS[cap.because]}`]),
    '',
  ];
}

const CAPS: Readonly<Record<Cap['because'], string>> = {
  'established-parent': 'an established package asks for it',
  'name-alone': 'nothing but its name speaks against it',
};

function renderSignal({ code, weight, evidence }: Signal): string {
  return renderWeight(weight, `${code}: ${sanitize(signalTexts[code](evidence))}`);
}

function renderWeight(weight: number, text: string): string {
  return `  ${(weight < 0 ? '' : '+') + weight.toFixed(2)}  ${text}`;
}

function renderPolicy(
  { risk, action, thresholds, decidedBy }: Explanation,
  { files, failOn, onUnavailable, exceptions, notices }: ExplainedPolicy,
  bold: Bold,
): string[] {
  return [
    bold('Verdict and policy'),
    `  ${risk}: ${action}; suspicious from ${thresholds.suspicious}, high-risk from ${thresholds.highRisk}; decided by ${decidedBy}`,
    `  fails on ${failOn}, onUnavailable: ${onUnavailable}; ${files.length === 0 ? 'no configuration' : files.map(sanitize).join(', ')}`,
    ...exceptions.map((exception) => `  ${renderException(exception)}`),
    ...notices.map((notice) => `  ${sanitize(notice)}`),
    '',
  ];
}

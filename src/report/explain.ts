import type { FactAnswer, PublishedVersions } from '../model/facts.js';
import type { AppliedException } from '../model/report.js';
import { hideSecrets } from '../model/secrets.js';
import type { Signal } from '../model/signal.js';
import type { Risk, Subject, Verdict } from '../model/verdict.js';
import type { Policy } from '../policy/policy.js';
import { type Cap, capOf } from '../score/score.js';
import { PRIOR } from '../score/weights.js';
import { type Answer, answerFor } from './answer.js';

export type ExplainedFact = {
  readonly fact: string;
  /** `null` = unknown: nobody said. */
  readonly value: string | number | boolean | null;
};

export type ExplainedSource = {
  readonly what: 'bundled names' | 'package metadata' | 'download counts';
  readonly state: 'found' | 'absent' | 'unavailable' | 'not asked';
  /** The registry, for metadata. */
  readonly registry: string | null;
  readonly from: 'registry' | 'cache' | null;
  /** How old the answer is, in seconds. */
  readonly ageSeconds: number | null;
  readonly reason: string | null;
  readonly facts: readonly ExplainedFact[];
};

/** All that led to a verdict, as data. */
export type Explanation = {
  readonly name: string;
  readonly version: string | null;
  readonly sources: readonly ExplainedSource[];
  readonly prior: number;
  readonly signals: readonly Signal[];
  readonly logOdds: number;
  readonly score: number;
  /** Where the score was held, and why; `null` where it is what the sum gives. */
  readonly cap: Cap | null;
  readonly thresholds: { readonly suspicious: number; readonly highRisk: number };
  readonly risk: Risk;
  readonly action: Verdict['action'];
  readonly decidedBy: Verdict['decidedBy'];
  readonly answer: Answer;
  readonly policy: ExplainedPolicy;
};

export type ExplainContext = {
  readonly policy: Policy;
  /** Configuration files that were read. */
  readonly files: readonly string[];
  /** The integrity of the lockfile was held against the registry's. */
  readonly integrityCompared: boolean;
};

/** The part of the policy that had a say. */
export type ExplainedPolicy = {
  /** Configuration files that were read. */
  readonly files: readonly string[];
  readonly failOn: Policy['failOn'];
  readonly onUnavailable: Policy['onUnavailable'];
  /** The entries that took signals out of the score. */
  readonly exceptions: readonly AppliedException[];
  readonly notices: readonly string[];
};

/** Lays a verdict open, without the secrets of URLs. Pure. */
export function explainVerdict(
  verdict: Verdict,
  { policy, files, integrityCompared }: ExplainContext,
): Explanation {
  const { subject, risk, score, action, signals, decidedBy, exceptions, notices } = verdict;
  const { entry, knowledge, nowMs } = subject;
  const registry = knowledge.registry?.url ?? null;
  return hideSecrets<Explanation>({
    name: entry.name,
    version: entry.version,
    sources: [
      explainNames(subject),
      { what: 'package metadata', registry, ...explainAnswer(knowledge.answer, nowMs) },
      { what: 'download counts', registry: null, ...explainAnswer(knowledge.downloads, nowMs) },
    ],
    prior: PRIOR,
    signals,
    logOdds: signals.reduce((sum, { weight }) => sum + weight, PRIOR),
    score,
    cap: score === 0 ? null : capOf(signals),
    thresholds: { suspicious: policy.thresholds.safe, highRisk: policy.thresholds.high },
    risk,
    action,
    decidedBy,
    answer: answerFor(verdict, integrityCompared),
    policy: {
      files,
      failOn: policy.failOn,
      onUnavailable: policy.onUnavailable,
      exceptions,
      notices,
    },
  });
}

/** What the bundled names know. They vouch for a name as it was at their date, never for a version of it. */
function explainNames({ names, entry }: Subject): ExplainedSource {
  const { popularity, inSnapshot, imitations, suggestions } = names;
  const asked = entry.registryName !== null && inSnapshot !== null;
  return {
    what: 'bundled names',
    state: asked ? 'found' : 'not asked',
    registry: null,
    from: null,
    ageSeconds: null,
    reason: null,
    facts: asked
      ? [
          { fact: 'established', value: popularity !== null },
          { fact: 'monthlyDownloads', value: popularity === null ? null : `at least ${2 ** popularity}` },
          { fact: 'inSnapshot', value: inSnapshot },
          {
            fact: 'resembles',
            value:
              imitations
                .map(({ imitated }) => imitated)
                .slice(0, 3)
                .join(', ') || 'nothing',
          },
          { fact: 'suggestions', value: suggestions.map(({ name }) => name).join(', ') || 'none' },
        ]
      : [],
  };
}

function explainAnswer<F extends object>(
  answer: FactAnswer<F> | null,
  nowMs: number,
): Omit<ExplainedSource, 'what' | 'registry'> {
  if (answer === null) return { state: 'not asked', from: null, ageSeconds: null, reason: null, facts: [] };
  if (answer.kind === 'unavailable') {
    return { state: 'unavailable', from: null, ageSeconds: null, reason: answer.detail, facts: [] };
  }
  const ageSeconds = Math.max(0, Math.round((nowMs - answer.fetchedAtMs) / 1000));
  const facts = answer.kind === 'found' ? Object.entries(answer.facts).flatMap(toExplainedFacts) : [];
  return { state: answer.kind, from: answer.from, ageSeconds, reason: null, facts };
}

type FactValue = string | number | boolean | null;

/** Times are told as dates (`createdAtMs` becomes `createdAt`); what is published of versions, one line for each. */
function toExplainedFacts([key, value]: [string, FactValue | PublishedVersions]): readonly ExplainedFact[] {
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).map(([version, published]) => ({
      fact: `integrity of ${version}`,
      value: published === null ? 'no such version' : published.integrity,
    }));
  if (!key.endsWith('AtMs')) return [{ fact: key, value }];
  return [
    { fact: key.slice(0, -2), value: typeof value === 'number' ? new Date(value).toISOString() : null },
  ];
}

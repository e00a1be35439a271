import type { AppliedException } from '../model/report.js';
import type { Signal } from '../model/signal.js';
import type { DecidedBy, Risk, Subject, Verdict } from '../model/verdict.js';
import { hasHardEvidence, scoreSignals } from '../score/score.js';
import { detectSignals } from '../signals/index.js';
import { decideAction, type Policy, riskOfScore } from './policy.js';

/** What the policy leaves of the signals of a package. */
export type Covered = {
  /** All signals; those that an entry of the policy covers have the weight 0. */
  readonly signals: readonly Signal[];
  readonly exceptions: readonly AppliedException[];
  readonly notices: readonly string[];
};

/** Takes the signals that the policy's entries cover out of the score. */
export type Cover = (subject: Subject, signals: readonly Signal[], policy: Policy) => Covered;

/** Facts to verdict: pure, no I/O, no clock. */
export function judge(subject: Subject, policy: Policy, cover: Cover): Verdict {
  const { signals, exceptions, notices } = cover(subject, detectSignals(subject), policy);
  const score = scoreSignals(signals);
  const risk = riskOf(subject, signals, score, policy);
  return {
    subject,
    risk,
    score: isScored(subject, signals, risk) ? score : 0,
    action: decideAction(risk, policy),
    signals,
    decidedBy: exceptions.length > 0 ? 'policy' : decidedBy(subject, signals),
    exceptions,
    notices,
  };
}

function riskOf(subject: Subject, signals: readonly Signal[], score: number, policy: Policy): Risk {
  const { entry } = subject;
  if (signals.some(({ code, weight }) => code === 'NOT_FOUND' && weight > 0)) return 'not-found';
  if (entry.source !== 'registry' || hasHardEvidence(signals)) return riskOfScore(score, policy);
  if (entry.registryName === null || !isKnown(subject)) return 'unknown';
  return riskOfScore(score, policy);
}

/** The registry, or the bundled names, have said something about the name. */
function isKnown({ knowledge, names }: Subject): boolean {
  const isAnswered = knowledge.answer !== null && knowledge.answer.kind !== 'unavailable';
  return isAnswered || names.popularity !== null;
}

/** Nothing is known of what comes from elsewhere, but for what the lockfile itself gives away. */
function isScored({ entry }: Subject, signals: readonly Signal[], risk: Risk): boolean {
  if (risk === 'unknown') return false;
  return entry.source === 'registry' || signals.length > 0;
}

function decidedBy({ knowledge: { answer }, names }: Subject, signals: readonly Signal[]): DecidedBy {
  if (signals.some(({ code }) => code === 'KNOWN_MALICIOUS')) return 'feed';
  if (signals.some((signal) => signal.code === 'RESOLVED_MISMATCH' && hasHardEvidence([signal])))
    return 'lockfile';
  if (answer === null) return names.popularity === null ? 'lockfile' : 'corpus';
  if (answer.kind !== 'unavailable') return answer.from;
  return names.popularity === null ? 'registry' : 'corpus';
}

import type { DecidedBy, Risk, Subject, Verdict } from '../model/verdict.js';
import { scoreSignals } from '../score/score.js';
import { detectSignals } from '../signals/index.js';
import { decideAction, type Policy, riskOfScore } from './policy.js';

/** Facts to verdict: pure, no I/O, no clock. */
export function judge(subject: Subject, policy: Policy): Verdict {
  const signals = detectSignals(subject);
  const risk = riskOf(subject, scoreSignals(signals), policy);
  return {
    subject,
    risk,
    score: isJudged(subject, risk) ? scoreSignals(signals) : 0,
    action: decideAction(risk, policy),
    signals,
    decidedBy: decidedBy(subject),
  };
}

function riskOf({ entry, knowledge, names }: Subject, score: number, policy: Policy): Risk {
  if (entry.source !== 'registry') return riskOfScore(score, policy);
  if (entry.registryName === null) return 'unknown';
  const isKnownOffline = names.popularity !== null;
  if (knowledge.answer === null) return isKnownOffline ? riskOfScore(score, policy) : 'unknown';
  switch (knowledge.answer.kind) {
    case 'absent':
      return 'not-found';
    case 'unavailable':
      return isKnownOffline ? riskOfScore(score, policy) : 'unknown';
    case 'found':
      return riskOfScore(score, policy);
  }
}

function isJudged({ entry }: Subject, risk: Risk): boolean {
  return entry.source === 'registry' && risk !== 'unknown';
}

function decidedBy({ knowledge: { answer }, names }: Subject): DecidedBy {
  if (answer === null) return names.popularity === null ? 'lockfile' : 'corpus';
  if (answer.kind !== 'unavailable') return answer.from;
  return names.popularity === null ? 'registry' : 'corpus';
}

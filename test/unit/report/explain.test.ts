import { describe, expect, it } from 'vitest';
import type { Subject } from '../../../src/model/verdict.js';
import { DEFAULT_POLICY } from '../../../src/policy/policy.js';
import { type Explanation, explainVerdict } from '../../../src/report/explain.js';
import { renderExplanation } from '../../../src/report/render-explanation.js';
import { judge } from '../../support/judge.js';
import { daysAgo, subject } from '../../support/subjects.js';

const FRESH = { createdAtMs: daysAgo(3), existedAtMs: daysAgo(3), releaseCount: 2, hasRepository: false };
const SQUAT = { facts: { ...FRESH, hasInstallScript: true }, weeklyDownloads: 10 };
const LIKE = {
  technique: 'affix',
  signal: 'TYPOSQUAT',
  imitated: 'widget',
  ecosystem: 'npm',
  strength: 3.2,
} as const;
const parent = { name: 'widget', popularity: 20 };

function explain(of: Subject, integrityCompared = false): Explanation {
  return explainVerdict(judge(of, DEFAULT_POLICY), { policy: DEFAULT_POLICY, files: [], integrityCompared });
}

describe('a score that is held at a warning', () => {
  it.each([
    [
      'established-parent',
      subject({ entry: { direct: false }, context: { parent }, ...SQUAT }),
      'an established package asks for it',
    ],
    [
      'name-alone',
      subject({ answer: null, names: { imitations: [LIKE], inSnapshot: false, popularity: 3 } }),
      'nothing but its name speaks against it',
    ],
  ])('says so, and why: %s', (because, of, sentence) => {
    const explanation = explain(of);
    expect(explanation).toMatchObject({ score: 0.59, cap: { at: 0.59, because } });
    expect(renderExplanation(explanation, false)).toContain(`soft evidence alone stops at 0.59: ${sentence}`);
  });

  it('says nothing where the sum is the score', () => {
    for (const of of [
      subject(),
      subject({ facts: FRESH, weeklyDownloads: 10 }),
      subject({ entry: { direct: false }, context: { parent } }),
      subject({ entry: { direct: false }, context: { parent }, facts: { withheld: true } }),
    ]) {
      const explanation = explain(of);
      expect(explanation.cap).toBeNull();
      expect(renderExplanation(explanation, false)).not.toContain('stops at');
    }
  });
});

describe('what nobody could say', () => {
  const NOT_COMPARED = "whether the lockfile's integrity is the registry's (not compared)";

  it('is whether the bytes are the right ones, where they were not compared', () => {
    expect(explain(subject()).answer.unknown).toContain(NOT_COMPARED);
    expect(explain(subject(), true).answer.unknown).not.toContain(NOT_COMPARED);
    expect(explain(subject({ entry: { integrity: null } })).answer.unknown).not.toContain(NOT_COMPARED);
    expect(explain(subject({ entry: { presence: 'declared' } })).answer.unknown).not.toContain(NOT_COMPARED);
  });
});

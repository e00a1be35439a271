import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY, decideAction, riskOfScore } from '../../../src/policy/policy.js';
import { judge } from '../../support/judge.js';
import { ABSENT, daysAgo, found, subject, UNAVAILABLE, UNKNOWN_FACTS } from '../../support/subjects.js';

const freshSquat = subject({
  facts: { createdAtMs: daysAgo(3), existedAtMs: daysAgo(3), releaseCount: 2, hasRepository: false },
  weeklyDownloads: 40,
});

describe('a verdict', () => {
  it('blocks a name that the responsible registry does not know', () => {
    expect(judge(subject({ answer: ABSENT }), DEFAULT_POLICY)).toMatchObject({
      risk: 'not-found',
      action: 'block',
      decidedBy: 'registry',
      signals: [{ code: 'NOT_FOUND' }],
    });
  });

  it('blocks a squat of three days that nobody uses', () => {
    expect(judge(freshSquat, DEFAULT_POLICY)).toMatchObject({ risk: 'high-risk', action: 'block' });
  });

  it('allows a healthy package that the bundled names do not hold', () => {
    expect(judge(subject({ weeklyDownloads: 60_000 }), DEFAULT_POLICY)).toMatchObject({
      risk: 'safe',
      action: 'allow',
    });
  });

  it('allows a package about which the registry states nothing but its existence', () => {
    expect(judge(subject({ answer: found(UNKNOWN_FACTS) }), DEFAULT_POLICY)).toMatchObject({ risk: 'safe' });
  });

  it('does not even warn about an old package with few users and poor metadata', () => {
    const poor = { releaseCount: 1, hasRepository: false, descriptionLength: 0, maintainerCount: 1 };
    expect(judge(subject({ facts: poor, weeklyDownloads: 12 }), DEFAULT_POLICY).risk).toBe('safe');
  });

  it('is unknown, never safe, when the registry could not be asked', () => {
    expect(judge(subject({ answer: UNAVAILABLE }), DEFAULT_POLICY)).toMatchObject({
      risk: 'unknown',
      action: 'block',
      score: 0,
    });
  });

  it('is unknown for a registry entry whose name npm could not install', () => {
    const nameless = subject({ entry: { name: '..', registryName: null }, answer: null });
    expect(judge(nameless, DEFAULT_POLICY).risk).toBe('unknown');
  });

  it('comes from the lockfile for what no registry serves', () => {
    const git = subject({ entry: { source: 'git', askedFrom: 'url', registryName: null }, answer: null });
    expect(judge(git, DEFAULT_POLICY)).toMatchObject({ risk: 'safe', score: 0, decidedBy: 'lockfile' });
  });

  it('says when the cache gave the answer', () => {
    const cached = subject({ answer: { ...ABSENT, from: 'cache' } });
    expect(judge(cached, DEFAULT_POLICY).decidedBy).toBe('cache');
  });
});

describe('the policy', () => {
  it('has its thresholds at 0.30 and 0.60, both included', () => {
    expect([0.2999, 0.3, 0.5999, 0.6].map((score) => riskOfScore(score, DEFAULT_POLICY))).toEqual([
      'safe',
      'suspicious',
      'suspicious',
      'high-risk',
    ]);
  });

  it('blocks what is suspicious only when asked to', () => {
    expect(decideAction('suspicious', DEFAULT_POLICY)).toBe('warn');
    expect(decideAction('suspicious', { ...DEFAULT_POLICY, failOn: 'suspicious' })).toBe('block');
  });

  it('lets onUnavailable decide about the unknown, and nothing else', () => {
    const lenient = { ...DEFAULT_POLICY, onUnavailable: 'allow' } as const;
    expect(decideAction('unknown', lenient)).toBe('allow');
    expect(decideAction('not-found', lenient)).toBe('block');
    expect(decideAction('safe', DEFAULT_POLICY)).toBe('allow');
  });
});

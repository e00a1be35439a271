import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../../src/model/verdict.js';
import { DEFAULT_POLICY } from '../../../src/policy/policy.js';
import { answerFor } from '../../../src/report/answer.js';
import { judge } from '../../support/judge.js';
import {
  ABSENT,
  DAY_MS,
  daysAgo,
  NOW_MS,
  subject,
  UNAVAILABLE,
  UNKNOWN_FACTS,
} from '../../support/subjects.js';

const FRESH = { createdAtMs: daysAgo(3), existedAtMs: daysAgo(3), releaseCount: 2, hasRepository: false };
const BAD = { facts: { ...FRESH, hasInstallScript: true }, weeklyDownloads: 10 };

const answer = (of: Parameters<typeof subject>[0], policy: Partial<typeof DEFAULT_POLICY> = {}) =>
  answerFor(judge(subject(of), { ...DEFAULT_POLICY, ...policy }), false);
const NAMED = 'invented-widget@1.0.0';

describe('the conclusion of an answer', () => {
  it.each<[string, Parameters<typeof subject>[0], Partial<typeof DEFAULT_POLICY>]>([
    [`${NAMED} is blocked: no such package exists.`, { answer: ABSENT }, {}],
    [`${NAMED} is blocked.`, BAD, {}],
    [`${NAMED} is suspicious: a warning, it may be installed.`, BAD, { thresholds: { safe: 0.3, high: 1 } }],
    [
      `${NAMED} is suspicious, and blocked because the policy fails on that.`,
      BAD,
      { thresholds: { safe: 0.3, high: 1 }, failOn: 'suspicious' },
    ],
    [`${NAMED} could not be judged, so nothing is installed.`, { answer: UNAVAILABLE }, {}],
    [
      `${NAMED} could not be judged; the policy lets it through.`,
      { answer: UNAVAILABLE },
      { onUnavailable: 'warn' },
    ],
    [`${NAMED} may be installed: nothing speaks against it.`, {}, {}],
    [
      `${NAMED} may be installed: what speaks for it outweighs the rest.`,
      { facts: { descriptionLength: 0 }, weeklyDownloads: 1_000_000 },
      {},
    ],
    ['invented-widget is blocked: no such package exists.', { entry: { version: null }, answer: ABSENT }, {}],
  ])('%s', (conclusion, of, policy) => {
    expect(answer(of, policy).conclusion).toBe(conclusion);
  });
});

describe('the reasons of an answer', () => {
  it('are why nobody could judge it, and what helps then', () => {
    const missing = answer({ answer: UNAVAILABLE });
    expect([missing.because, missing.advice]).toEqual([
      ['no answer within 30 s'],
      ['run it again when the registry can be reached'],
    ]);
    const unnamed = answer({ entry: { name: 'No Name', registryName: null }, answer: null });
    expect([unnamed.because, unnamed.advice]).toEqual([
      ['npm could not install anything under this name'],
      ['correct the name'],
    ]);
    expect(answer({ answer: UNAVAILABLE, entry: {} }).unknown).toEqual([]);
    expect(answer({ answer: null }).because).toEqual(['nobody was asked about it']);
  });

  it('are the installs of an established name, by the date of the names', () => {
    const names = { popularity: 20, inSnapshot: true };
    expect(answer({ names: { ...names, snapshotAtMs: NOW_MS - DAY_MS } }).because[0]).toBe(
      'the name was installed at least 1,048,576 times in the month before 2026-05-31 (that vouches for the name, not for a version)',
    );
    expect(answer({ names: { ...names, snapshotAtMs: null } }).because[0]).toContain(
      'in the month before the date of the data ',
    );
    expect(answer({}).because.some((reason) => reason.includes('in the month before'))).toBe(false);
  });

  it('name what speaks for it beside what speaks against it', () => {
    const { because, despite } = answer({
      ...BAD,
      weeklyDownloads: 1_000_000,
      context: { parent: { name: 'widget', popularity: 20 } },
      entry: { direct: false },
    });
    expect(because.some((reason) => reason === 'runs a script on installation')).toBe(true);
    expect(despite).toContain('widget, an established package, asks for it');
    const safe = answer({ facts: { descriptionLength: 0 }, weeklyDownloads: 1_000_000 });
    expect(safe.despite).toContain('has no description');
  });

  it('say what nobody knows', () => {
    const { unknown } = answer({ facts: UNKNOWN_FACTS });
    expect(unknown).toEqual([
      'when it was first published',
      'how often it is installed',
      'who maintains it',
      'whether it names a repository',
      'whether it existed when the bundled names were collected',
      "whether the lockfile's integrity is the registry's (not compared)",
    ]);
    expect(answer({ facts: { withheld: true } }).unknown).toEqual([]);
    expect(
      answer({ weeklyDownloads: 5, names: { inSnapshot: true }, entry: { integrity: null } }).unknown,
    ).toEqual([]);
  });
});

describe('the advice of an answer', () => {
  it('leads to the name that was meant', () => {
    const suggestions = [{ name: 'widget', why: 'one letter less' }];
    expect(answer({ answer: ABSENT, names: { suggestions } }).advice).toEqual([
      'if you meant widget, use that: one letter less',
      'find out where the name comes from: documentation, or the suggestion of a model',
      'do not register or install a name because a model wrote it',
    ]);
  });

  it('questions the package that asks for it, where the user did not', () => {
    expect(answer({ ...BAD, entry: { direct: false } }).advice).toEqual([
      'the package that asks for it is the one to question: look at its path from the root',
      `if you have read its code and trust it: phantom-guard-install accept ${NAMED} --reason "…"`,
    ]);
  });

  it('does not tell how to accept what a feed calls malicious', () => {
    const verdict: Verdict = judge(subject(BAD), DEFAULT_POLICY);
    const evidence = { feed: 'osv', id: null, versions: 'all' };
    const signals = [{ code: 'KNOWN_MALICIOUS' as const, weight: 9, evidence }];
    expect(answerFor({ ...verdict, signals }, false).advice).toEqual([
      'do not install it; find out how it came into the lockfile',
    ]);
  });
});

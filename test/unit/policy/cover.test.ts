import { describe, expect, it } from 'vitest';
import type { PackageFacts } from '../../../src/model/facts.js';
import { DEFAULT_POLICY, type Policy, type PolicyException } from '../../../src/policy/policy.js';
import { judge } from '../../support/judge.js';
import {
  ABSENT,
  daysAgo,
  entry,
  NOW_MS,
  packageName,
  STRONG_INTEGRITY,
  subject,
} from '../../support/subjects.js';

const FRESH = { createdAtMs: daysAgo(3), existedAtMs: daysAgo(3), releaseCount: 2, hasRepository: false };
const squat = subject({ facts: FRESH, weeklyDownloads: 40 });
const OTHER = `sha512-${'B'.repeat(86)}==`;
const SHA1 = 'sha1-Kq5sNclPz7QV2+lfQIuc6R7oRu0=';
const FIRED = ['RECENTLY_CREATED', 'FEW_RELEASES', 'LOW_DOWNLOADS', 'NO_REPOSITORY'] as const;

function exception(changes: Partial<PolicyException> = {}): PolicyException {
  return {
    name: packageName('invented-widget'),
    version: '^1.0.0',
    signals: [...FIRED],
    integrity: null,
    reason: 'ours, published this week',
    author: null,
    expires: null,
    source: 'project',
    ...changes,
  };
}

const withExceptions = (...exceptions: PolicyException[]): Policy => ({ ...DEFAULT_POLICY, exceptions });

describe('an exception', () => {
  it('takes the signals that it names out of the score, shows them, and is reported', () => {
    expect(judge(squat, DEFAULT_POLICY).risk).toBe('high-risk');
    const verdict = judge(squat, withExceptions(exception()));
    expect(verdict).toMatchObject({ risk: 'safe', action: 'allow', decidedBy: 'policy', notices: [] });
    expect(verdict.signals.filter(({ weight }) => weight === 0).map(({ code }) => code)).toEqual([...FIRED]);
    expect(verdict.exceptions).toEqual([
      {
        name: 'invented-widget',
        version: '^1.0.0',
        signals: [...FIRED],
        reason: 'ours, published this week',
        source: 'project',
      },
    ]);
  });

  it('leaves the signals that it does not name', () => {
    const verdict = judge(squat, withExceptions(exception({ signals: ['LOW_DOWNLOADS'] })));
    expect(verdict.score).toBeGreaterThan(0.5);
    expect(verdict.score).toBeLessThan(judge(squat, DEFAULT_POLICY).score);
    expect(verdict.exceptions[0]?.signals).toEqual(['LOW_DOWNLOADS']);
  });

  it.each([
    ['another name', { name: packageName('other') }],
    ['another version', { version: '^2.0.0' }],
    ['other bytes', { integrity: `sha512-${'B'.repeat(86)}==` }],
    ['no signal that fired', { signals: ['TYPOSQUAT'] }],
  ] as const)('for %s does nothing', (_, changes) => {
    expect(judge(squat, withExceptions(exception({ ...changes } as Partial<PolicyException>)))).toMatchObject(
      { risk: 'high-risk', exceptions: [], decidedBy: 'registry' },
    );
  });

  it('holds for the bytes that it names', () => {
    expect(judge(squat, withExceptions(exception({ integrity: STRONG_INTEGRITY }))).risk).toBe('safe');
  });

  it.each([
    [`${STRONG_INTEGRITY} ${OTHER}`, STRONG_INTEGRITY, 'high-risk'],
    [`${OTHER} ${STRONG_INTEGRITY}`, STRONG_INTEGRITY, 'high-risk'],
    [`${SHA1} ${OTHER}`, SHA1, 'high-risk'],
    [STRONG_INTEGRITY, SHA1, 'high-risk'],
    [null, STRONG_INTEGRITY, 'high-risk'],
    [STRONG_INTEGRITY, `${STRONG_INTEGRITY} ${OTHER}`, 'safe'],
    [`${SHA1} ${STRONG_INTEGRITY}`, STRONG_INTEGRITY, 'safe'],
  ])('for some bytes holds where npm takes no others: %#', (pinned, named, risk) => {
    const one = subject({ entry: { integrity: pinned }, facts: FRESH, weeklyDownloads: 40 });
    const signals = [...FIRED, 'INTEGRITY_MISSING', 'INTEGRITY_WEAK'] as const;
    expect(judge(one, withExceptions(exception({ integrity: named, signals }))).risk).toBe(risk);
  });

  it.each([
    [null, 'safe'],
    ['', 'safe'],
    ['latest', 'safe'],
    ['^1.0.0', 'safe'],
    ['1.0.0', 'safe'],
    ['^9.0.0', 'high-risk'],
    ['9.9.9', 'high-risk'],
    ['next', 'high-risk'],
  ])('meets the latest version only where the spec %j means it', (spec, risk) => {
    const one = subject({
      entry: { version: null, presence: 'declared', spec },
      facts: FRESH,
      weeklyDownloads: 40,
    });
    expect(judge(one, withExceptions(exception())).risk).toBe(risk);
  });

  it('never meets the latest version for an installed entry that hides its own', () => {
    const one = subject({ entry: { version: null }, facts: FRESH, weeklyDownloads: 40 });
    expect(judge(one, withExceptions(exception())).risk).toBe('high-risk');
  });

  it.each([
    ['2.0.0-evil', '>=1.0.0 <2.0.0'],
    ['1.5.0-evil', '^1.0.0'],
    ['1.5.0-evil', '1.x'],
  ])('leaves the pre-release %s out of %s', (version, range) => {
    const one = subject({ entry: { version }, facts: FRESH, weeklyDownloads: 40 });
    expect(judge(one, withExceptions(exception({ version: range }))).risk).toBe('high-risk');
  });

  it('meets the latest version where the tree has none', () => {
    const spec = subject({
      entry: { version: null, presence: 'declared' },
      facts: FRESH,
      weeklyDownloads: 40,
    });
    expect(judge(spec, withExceptions(exception())).risk).toBe('safe');
    expect(judge(spec, withExceptions(exception({ version: '>=2.0.0' }))).risk).toBe('high-risk');
  });

  it('holds to the end of its last day, fails after it, and says so', () => {
    const onDay = (day: number, hour = 0) => ({
      ...squat,
      nowMs: Date.UTC(2026, 5, day, hour),
    });
    const policy = withExceptions(exception({ expires: '2026-06-01' }));
    expect(NOW_MS).toBe(Date.UTC(2026, 5, 1));
    expect(judge(onDay(1, 23), policy).risk).toBe('safe');
    expect(judge(onDay(2), policy)).toMatchObject({ risk: 'high-risk', exceptions: [] });
    expect(judge(onDay(2), policy).notices[0]).toContain('expired on 2026-06-01');
  });

  it.each([
    ['NOT_FOUND', subject({ answer: ABSENT }), 'not-found'],
    [
      'KNOWN_MALICIOUS',
      subject({ context: { feeds: [{ kind: 'malicious', feed: 'f', id: null, versions: 'all' }] } }),
      'high-risk',
    ],
    [
      'RESOLVED_MISMATCH',
      subject({ entry: { resolved: 'https://registry.example.test/evil/-/evil-1.0.0.tgz' } }),
      'high-risk',
    ],
  ] as const)('of a project never covers %s, one of the user does', (code, of, risk) => {
    const covering = (source: 'project' | 'user') => withExceptions(exception({ signals: [code], source }));
    expect(judge(of, covering('project'))).toMatchObject({ risk, action: 'block', exceptions: [] });
    expect(judge(of, covering('user'))).toMatchObject({ risk: 'safe', action: 'allow' });
  });

  it('never takes away what speaks for a package', () => {
    const healthy = subject({ weeklyDownloads: 60_000 });
    const policy = withExceptions(exception({ signals: ['POPULAR_PACKAGE', 'LONG_HISTORY'] }));
    expect(judge(healthy, policy).score).toBe(judge(healthy, DEFAULT_POLICY).score);
  });

  it('is for packages of a registry: another thing of that name is not meant', () => {
    const git = subject({ entry: { source: 'git', direct: false, registryName: null }, answer: null });
    const policy = withExceptions(exception({ signals: ['EXOTIC_SOURCE'] }));
    expect(judge(git, policy)).toMatchObject({ risk: 'suspicious', exceptions: [] });
  });
});

type ScopeCase = { readonly facts?: Partial<PackageFacts>; readonly resolved?: string };

describe('a trusted scope', () => {
  const policy: Policy = { ...DEFAULT_POLICY, trustedScopes: [{ scope: '@acme', source: 'project' }] };
  const inScope = (name: string) => subject({ entry: entry({ name }), facts: FRESH, weeklyDownloads: 40 });

  it('covers the soft signals of its packages, and no other package', () => {
    expect(judge(inScope('@acme/new'), policy)).toMatchObject({
      risk: 'safe',
      exceptions: [{ name: '@acme/new', reason: 'the scope @acme is trusted', source: 'project' }],
    });
    for (const name of ['@acmes/new', 'acme', '@acm/e'])
      expect(judge(inScope(name), policy).risk).toBe('high-risk');
  });

  it.each<[string, ScopeCase]>([
    ['SECURITY_HOLD', { facts: { latestVersion: '0.0.1-security' } }],
    ['SECURITY_HOLD', { facts: { withheld: true } }],
    ['UNPUBLISHED', { facts: { unpublished: true } }],
    ['INTEGRITY_MISMATCH', { facts: { versions: { '1.0.0': { integrity: OTHER } } } }],
    ['RESOLVED_MISMATCH', { resolved: 'https://registry.example.test/evil/-/evil-1.0.0.tgz' }],
  ])('does not cover %s: %#', (code, { facts, resolved = null }) => {
    const one = subject({ entry: entry({ name: '@acme/new', resolved }), facts: { ...facts } });
    const verdict = judge(one, policy);
    expect(verdict.action).toBe('block');
    expect(verdict.signals.find((signal) => signal.code === code)?.weight).toBe(14);
  });

  it('does not cover a name that nobody owns', () => {
    const absent = subject({ entry: entry({ name: '@acme/new' }), answer: ABSENT });
    expect(judge(absent, policy).risk).toBe('not-found');
  });
});

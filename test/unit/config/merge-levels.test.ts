import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeLevels } from '../../../src/config/merge-levels.js';
import { resolvePolicy } from '../../../src/config/resolve-policy.js';
import type { ConfigLevel, FeedSetting } from '../../../src/config/settings.js';
import type { Action } from '../../../src/model/verdict.js';
import {
  DEFAULT_POLICY,
  type Policy,
  type PolicySource,
  USER_ONLY_SIGNALS,
} from '../../../src/policy/policy.js';
import { exception, level } from './samples.js';

const actions = fc.constantFrom<Action>('block', 'warn', 'allow');
const score = fc.double({ min: 0.01, max: 1, noNaN: true });
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });

function levels(source: PolicySource): fc.Arbitrary<ConfigLevel> {
  const feed = fc.record<FeedSetting>({
    location: fc.constantFrom('/a', '/b', 'https://c.example/'),
    kind: fc.constantFrom('malicious', 'hallucination', null),
    source: fc.constant(source),
  });
  const signals = fc.subarray(['NOT_FOUND', 'TYPOSQUAT', 'RECENTLY_CREATED'] as const, { minLength: 1 });
  return fc.record({
    failOn: orNull(fc.constantFrom('high-risk' as const, 'suspicious' as const)),
    onUnavailable: fc.record({ interactive: orNull(actions), ci: orNull(actions) }),
    thresholds: fc.record({ safe: orNull(score), high: orNull(score) }),
    exceptions: fc.array(signals.map((codes) => exception({ signals: codes, source }))),
    trustedScopes: fc.array(fc.constant({ scope: '@corp', source })),
    mirrors: fc.array(fc.constant({ url: 'https://npm.corp.example/', source })),
    feeds: fc.array(feed),
    store: orNull(fc.constantFrom('redis://a', 'redis://b')),
    projectExceptions: source === 'user' ? orNull(fc.boolean()) : fc.constant(null),
  });
}

const strictPart = ({ failOn, onUnavailable, thresholds }: ReturnType<typeof mergeLevels>) => ({
  failOn,
  onUnavailable,
  thresholds,
});
const policyOf = (
  user: ConfigLevel | null,
  project: ConfigLevel | null,
  context: 'interactive' | 'ci',
): Policy => resolvePolicy(mergeLevels(user, project), { failOn: null, context });

const CHOSEN = { isChosen: true };
const RANK: Readonly<Record<Action, number>> = { allow: 0, warn: 1, block: 2 };

describe('user and project together', () => {
  it('are the same strictness in either order', () => {
    fc.assert(
      fc.property(levels('user'), levels('project'), (a, b) => {
        expect(strictPart(mergeLevels(a, b, CHOSEN))).toEqual(strictPart(mergeLevels(b, a, CHOSEN)));
      }),
    );
  });

  it('are what either is alone when they agree', () => {
    fc.assert(
      fc.property(levels('user'), (a) => {
        expect(strictPart(mergeLevels(a, a))).toEqual(strictPart(mergeLevels(a, null)));
        expect(new Set(mergeLevels(a, a).feeds)).toEqual(new Set(mergeLevels(a, null).feeds));
      }),
    );
  });

  it('are never looser than what the user set', () => {
    fc.assert(
      fc.property(
        levels('user'),
        levels('project'),
        fc.constantFrom('interactive', 'ci'),
        (user, project, context) => {
          const both = policyOf(user, project, context);
          const merged = mergeLevels(user, project);
          if (user.failOn === 'suspicious') expect(both.failOn).toBe('suspicious');
          if (user.thresholds.high !== null)
            expect(both.thresholds.high).toBeLessThanOrEqual(user.thresholds.high);
          if (user.thresholds.safe !== null)
            expect(both.thresholds.safe).toBeLessThanOrEqual(user.thresholds.safe);
          const own = user.onUnavailable[context];
          if (own !== null) expect(RANK[both.onUnavailable]).toBeGreaterThanOrEqual(RANK[own]);
          expect(merged.feeds).toEqual(
            expect.arrayContaining(mergeLevels(user, null).feeds.map((feed) => feed)),
          );
          if (user.store !== null) expect(merged.store).toBe(user.store);
        },
      ),
    );
  });

  it('have no exception of the project for what only the user may except, and lose none of the user’s', () => {
    fc.assert(
      fc.property(levels('user'), levels('project'), (user, project) => {
        const { exceptions } = mergeLevels(user, project);
        const theirs = exceptions.filter(({ source }) => source === 'project');
        expect(
          theirs.flatMap(({ signals }) => signals).filter((code) => USER_ONLY_SIGNALS.has(code)),
        ).toEqual([]);
        expect(theirs.every(({ signals }) => signals.length > 0)).toBe(true);
        expect(exceptions.filter(({ source }) => source === 'user')).toEqual(user.exceptions);
      }),
    );
  });

  it('have nothing loosening of the project where the user forbids it', () => {
    fc.assert(
      fc.property(levels('user'), levels('project'), (user, project) => {
        const merged = mergeLevels({ ...user, projectExceptions: false }, project, CHOSEN);
        const all = [...merged.exceptions, ...merged.trustedScopes, ...merged.mirrors];
        expect(all.filter(({ source }) => source === 'project')).toEqual([]);
        expect(merged.store).toBe(user.store);
        const loosening = [...project.exceptions, ...project.trustedScopes, ...project.mirrors].length;
        expect(merged.notices).toHaveLength(loosening > 0 || project.store !== null ? 1 : 0);
      }),
    );
  });

  it('make thresholds in order', () => {
    fc.assert(
      fc.property(orNull(levels('user')), orNull(levels('project')), (user, project) => {
        const { safe, high } = policyOf(user, project, 'ci').thresholds;
        expect(safe).toBeGreaterThan(0);
        expect(safe).toBeLessThanOrEqual(high);
        expect(high).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('thresholds of a repository', () => {
  const looser = level({ thresholds: { safe: 0.9, high: 0.95 } });
  const stricter = level({ thresholds: { safe: 0.1, high: 0.2 } });

  it('count where they are stricter than the defaults', () => {
    expect(mergeLevels(null, stricter)).toMatchObject({ thresholds: { safe: 0.1, high: 0.2 }, notices: [] });
  });

  it('count for no more than the defaults where they are looser, and that is said', () => {
    const { thresholds, notices } = mergeLevels(null, looser);
    expect(thresholds).toEqual(DEFAULT_POLICY.thresholds);
    expect(notices).toEqual([expect.stringContaining('0.95')]);
  });

  it('count as they are where the user names the file, or has allowed as much', () => {
    expect(mergeLevels(null, looser, CHOSEN)).toMatchObject({ thresholds: looser.thresholds, notices: [] });
    expect(mergeLevels(looser, looser)).toMatchObject({ thresholds: looser.thresholds, notices: [] });
  });
});

describe('an exception of a project', () => {
  it('is named in a notice where it covers too much, and keeps its other signals', () => {
    const { exceptions, notices } = mergeLevels(
      null,
      level({ exceptions: [exception({ signals: ['NOT_FOUND', 'TYPOSQUAT'] })] }),
    );
    expect(exceptions).toEqual([exception({ signals: ['TYPOSQUAT'] })]);
    expect(notices).toEqual([expect.stringContaining('zq-reviewed@^1.2.0')]);
  });

  it('is dropped when nothing is left of it', () => {
    const project = level({ exceptions: [exception({ signals: ['NOT_FOUND'] })] });
    expect(mergeLevels(level(), project)).toMatchObject({ exceptions: [], notices: [expect.any(String)] });
  });

  it('is counted where it is ignored', () => {
    const project = level({
      exceptions: [exception(), exception()],
      trustedScopes: [{ scope: '@corp', source: 'project' }],
    });
    const { notices } = mergeLevels(level({ projectExceptions: false }), project);
    expect(notices).toEqual([expect.stringContaining('2 exceptions, 1 trusted scope.')]);
  });
});

describe('a feed that both have', () => {
  it('stays the user’s, and keeps the user’s kind where the project calls it another', () => {
    const user: FeedSetting = { location: '/feed', kind: 'malicious', source: 'user' };
    const same: FeedSetting = { ...user, source: 'project' };
    const other: FeedSetting = { ...same, kind: 'hallucination' };
    expect(mergeLevels(level({ feeds: [user] }), level({ feeds: [same, other] })).feeds).toEqual([
      user,
      other,
    ]);
  });
});

describe('the policy of a run', () => {
  it('is the default one without any setting', () => {
    expect(policyOf(null, null, 'ci')).toEqual(DEFAULT_POLICY);
  });

  it('takes the command line before every level, in both directions', () => {
    const settings = mergeLevels(level({ failOn: 'suspicious' }), null);
    expect(resolvePolicy(settings, { failOn: 'high-risk', context: 'ci' }).failOn).toBe('high-risk');
    expect(resolvePolicy(settings, { failOn: null, context: 'ci' }).failOn).toBe('suspicious');
  });

  it('takes the action of its context', () => {
    const settings = mergeLevels(level({ onUnavailable: { interactive: 'warn', ci: null } }), null);
    expect(resolvePolicy(settings, { failOn: null, context: 'interactive' }).onUnavailable).toBe('warn');
    expect(resolvePolicy(settings, { failOn: null, context: 'ci' }).onUnavailable).toBe('block');
  });

  it('lets a high threshold below the safe one pull that down', () => {
    const settings = mergeLevels(level({ thresholds: { safe: null, high: 0.2 } }), null);
    expect(resolvePolicy(settings, { failOn: null, context: 'ci' }).thresholds).toEqual({
      safe: 0.2,
      high: 0.2,
    });
  });

  it('has every mirror once', () => {
    const url = 'https://npm.corp.example/';
    const settings = mergeLevels(
      level({ mirrors: [{ url, source: 'user' }] }),
      level({ mirrors: [{ url, source: 'project' }] }),
    );
    expect(resolvePolicy(settings, { failOn: null, context: 'ci' }).mirrors).toEqual([url]);
  });
});

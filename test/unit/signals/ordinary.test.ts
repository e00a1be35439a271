import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RegistryRef } from '../../../src/model/facts.js';
import type { NameJudgement } from '../../../src/model/name-judgement.js';
import type { TreeEntry } from '../../../src/model/resolved-tree.js';
import type { Subject } from '../../../src/model/verdict.js';
import { createJudge } from '../../../src/policy/create-judge.js';
import { DEFAULT_POLICY, type Policy } from '../../../src/policy/policy.js';
import { isOrdinary } from '../../../src/signals/ordinary.js';
import { judge } from '../../support/judge.js';
import {
  ABSENT,
  facts,
  found,
  packageName,
  REGISTRY,
  STRONG_INTEGRITY,
  subject,
  UNAVAILABLE,
} from '../../support/subjects.js';
import { signalCases } from './cases.js';

const BASE = 'https://registry.example.test/';
const IMITATION = {
  technique: 'affix',
  signal: 'TYPOSQUAT',
  imitated: 'widget',
  ecosystem: 'npm',
  strength: 2,
} as const;
const LISTED = { kind: 'malicious', feed: 'feed.json', id: 'MAL-2026-1', versions: 'all' } as const;

/** Each field is mostly what it is in most trees, and else one of the values that somebody could find something in. */
function mostly<T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof(
    { weight: 12, arbitrary: fc.constant(usual) },
    ...others.map((other) => ({ weight: 1, arbitrary: fc.constant(other) })),
  );
}

const ENTRY = fc.record<Partial<TreeEntry>>({
  name: mostly('widget', '@acme/widget', 'invented-widget'),
  version: mostly<string | null>('1.0.0', null, '0.0.1-security', '0.0.1-security.2', '2.0.0'),
  source: mostly('registry', 'git', 'remote', 'file', 'link', 'bundled', 'workspace'),
  askedFrom: mostly<TreeEntry['askedFrom']>('registry', 'url', null),
  alias: mostly<string | null>(null, 'lodash'),
  deprecated: mostly<string | null>(null, 'use widget'),
  hasInstallScript: mostly<boolean | null>(null, true, false),
  integrity: mostly<string | null>(STRONG_INTEGRITY, null, 'sha1-AAAA', `${STRONG_INTEGRITY} sha1-AAAA`, ''),
  resolved: mostly<string | null>(
    null,
    `${BASE}widget/-/widget-1.0.0.tgz`,
    `${BASE}other/-/other-1.0.0.tgz`,
    'http://127.0.0.1:4873/widget/-/widget-1.0.0.tgz',
    'https://elsewhere.example.test/widget/-/widget-1.0.0.tgz',
    'nonsense',
  ),
  dev: fc.boolean(),
  optional: fc.boolean(),
  peer: fc.boolean(),
  direct: fc.boolean(),
  presence: mostly<TreeEntry['presence']>('installed', 'declared', 'landed'),
});

const NAMES = fc.record<Partial<NameJudgement>>({
  popularity: mostly<number | null>(20, null, 0),
  inSnapshot: mostly<boolean | null>(true, false, null),
  imitations: mostly<NameJudgement['imitations']>([], [IMITATION]),
  scopeLeader: mostly<NameJudgement['scopeLeader']>(null, { name: '@acme/a', popularity: 9, packages: 3 }),
});

const REGISTRIES = mostly<RegistryRef>(
  REGISTRY,
  { ...REGISTRY, isScopeRegistry: true, isChosenByUser: true },
  { ...REGISTRY, isScopeRegistry: true, isPublic: true },
);

const SUBJECT: fc.Arbitrary<Subject> = fc
  .record({
    entry: ENTRY,
    names: NAMES,
    registry: REGISTRIES,
    answer: mostly<Subject['knowledge']['answer']>(null, ABSENT, UNAVAILABLE, found(facts())),
    weeklyDownloads: mostly<number | undefined>(undefined, 3),
    feeds: mostly<Subject['context']['feeds']>([], [LISTED]),
    parent: mostly<Subject['context']['parent']>(null, { name: 'express', popularity: 24 }),
  })
  .map(({ entry, names, registry, answer, weeklyDownloads, feeds, parent }) =>
    subject({
      entry: entry.source === 'registry' ? entry : { ...entry, registryName: null },
      names,
      registry,
      answer,
      context: { feeds, parent },
      ...(weeklyDownloads === undefined ? {} : { weeklyDownloads }),
    }),
  );

const POLICIES = fc.constantFrom<Policy>(DEFAULT_POLICY, {
  ...DEFAULT_POLICY,
  failOn: 'suspicious',
  trustedScopes: [{ scope: '@acme', source: 'user' }],
  exceptions: [
    {
      name: packageName('widget'),
      version: '^1.0.0',
      signals: ['TYPOSQUAT', 'INSTALL_SCRIPT'],
      integrity: null,
      reason: 'reviewed',
      author: null,
      expires: null,
      source: 'user',
    },
  ],
});

describe('an ordinary subject', () => {
  it('is an established package as lockfiles have it', () => {
    const names = { popularity: 20, inSnapshot: true };
    const usual = subject({ answer: null, names, entry: { name: 'widget' } });
    expect(isOrdinary(usual)).toBe(true);
    const resolved = `${BASE}widget/-/widget-1.0.0.tgz`;
    expect(isOrdinary({ ...usual, entry: { ...usual.entry, resolved } })).toBe(true);
  });

  it.each(Object.entries(signalCases))('is none that %s fires for', (_, { fires, others = [] }) => {
    for (const one of [fires, ...others]) {
      expect(isOrdinary(one)).toBe(false);
      const established = { ...one, names: { ...one.names, popularity: 20 } };
      if (isOrdinary(established)) expect(judge(established, DEFAULT_POLICY).signals).toEqual([]);
    }
  });

  it('has no signals, and all of them have one verdict', async () => {
    let ordinary = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(SUBJECT, { maxLength: 8 }), POLICIES, async (subjects, policy) => {
        const judgeNext = await createJudge(policy);
        for (const one of subjects) {
          expect(judgeNext(one)).toEqual(judge(one, policy));
          if (!isOrdinary(one)) continue;
          ordinary++;
          expect(judge(one, policy).signals).toEqual([]);
        }
      }),
      { numRuns: 1500, seed: 7 },
    );
    expect(ordinary).toBeGreaterThan(200);
  });
});

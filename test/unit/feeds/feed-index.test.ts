import { describe, expect, it } from 'vitest';
import { createFeedIndex } from '../../../src/feeds/feed-index.js';
import { loadFeeds } from '../../../src/feeds/load-feeds.js';
import type { FeedContext } from '../../../src/model/feed.js';
import { TEST_KEY } from '../../support/cache-keys.js';
import { named } from '../../support/fake-settings.js';
import { NOTHING_KNOWN, osv, parsed, rangeOf } from './support.js';

const feed = await parsed({
  'zq-whole': null,
  'zq-some': ['1.0.0', 'v1.5.0+build.7', '2.0.0-beta.1'],
});
const records = await parsed([
  osv('zq-whole'),
  osv('zq-range', rangeOf({ introduced: '1.2.0' }, { fixed: '1.4.0' }), { id: 'MAL-1' }),
]);
const index = createFeedIndex([
  { label: 'list.json', kind: 'malicious', feed },
  { label: 'osv.json', kind: 'hallucination', feed: records },
]);

function hits(name: string, version: string | null, context: Partial<FeedContext> = {}): number {
  return index.matchesOf(named(name), version, { ...NOTHING_KNOWN, ...context }).length;
}

describe('a version that is known', () => {
  it('is told with feed, kind, id and extent', () => {
    expect(index.matchesOf(named('zq-whole'), '9.9.9', NOTHING_KNOWN)).toEqual([
      { kind: 'malicious', feed: 'list.json', id: null, versions: 'all' },
      { kind: 'hallucination', feed: 'osv.json', id: 'MAL-2025-7', versions: 'all' },
    ]);
    expect(index.matchesOf(named('zq-range'), '1.3.0', NOTHING_KNOWN)).toEqual([
      { kind: 'hallucination', feed: 'osv.json', id: 'MAL-1', versions: 'exact' },
    ]);
  });

  it.each([
    ['1.0.0', 1],
    ['v1.0.0', 1],
    ['1.0.0+other', 1],
    ['1.5.0', 1],
    ['01.0.0', 1],
    ['1.00.0', 1],
    ['v01.05.0', 1],
    ['1.0.1', 0],
    ['1.0.0-beta', 0],
    ['2.0.0-beta.1', 1],
    ['', 0],
    ['not a version', 0],
  ])('is compared as semver does, build metadata aside: %s', (version, expected) => {
    expect(hits('zq-some', version, { latestVersion: '1.0.0', spec: '1.0.0' })).toBe(expected);
  });

  it.each([
    ['1.2.0', 1],
    ['1.4.0-rc.1', 1],
    ['1.2.0-rc.1', 0],
    ['1.4.0', 0],
  ])('lies in a range or not: %s', (version, expected) => {
    expect(hits('zq-range', version)).toBe(expected);
  });

  it('does not excuse another name', () => {
    expect(hits('ZQ-whole', '1.0.0')).toBe(0);
    expect(hits('zq-other', '1.0.0')).toBe(0);
    expect(hits('constructor', null)).toBe(0);
  });
});

describe('a version that is not known', () => {
  const some = (context: Partial<FeedContext>) => hits('zq-some', null, context);

  it('is covered by the whole package', () => {
    expect(hits('zq-whole', null, { established: true, latestVersion: '7.0.0', spec: '^7' })).toBe(2);
  });

  it('is the latest one where that satisfies the spec', () => {
    expect(some({ latestVersion: '1.0.0' })).toBe(1);
    expect(some({ latestVersion: '1.0.0', spec: '^1.0.0', established: true })).toBe(1);
    expect(some({ latestVersion: '1.0.0', spec: 'latest' })).toBe(1);
    expect(some({ latestVersion: '2.0.0-beta.1', spec: '*' })).toBe(1);
    expect(some({ latestVersion: '1.0.0', spec: '^3.0.0' })).toBe(0);
    expect(some({ latestVersion: '1.0.1', spec: '^1.0.0' })).toBe(0);
    expect(hits('zq-range', null, { latestVersion: '1.3.9', spec: '1' })).toBe(1);
  });

  it('may be any listed one of a name that is not established', () => {
    expect(some({})).toBe(1);
    expect(some({ spec: '*' })).toBe(1);
    expect(some({ spec: '~1.5.0' })).toBe(1);
    expect(some({ spec: 'next' })).toBe(1);
    expect(some({ spec: '^7.0.0' })).toBe(0);
    expect(some({ established: true })).toBe(0);
    expect(hits('zq-range', null, { spec: '^1.3.0' })).toBe(1);
    expect(hits('zq-range', null, { spec: '^2.0.0' })).toBe(0);
  });

  it('is named by a spec that is a version', () => {
    expect(some({ spec: '1.0.0', latestVersion: '3.0.0', established: true })).toBe(1);
    expect(some({ spec: '=1.0.1', latestVersion: '1.0.0' })).toBe(0);
  });
});

describe('no feeds', () => {
  it('touch nothing and match nothing', async () => {
    const loaded = await loadFeeds([], {
      fetchText: () => Promise.reject(new Error('nobody is asked')),
      cacheDir: '/nowhere',
      cacheKey: TEST_KEY,
      offline: false,
      nowMs: 0,
      signal: new AbortController().signal,
    });
    expect(loaded).toMatchObject({ failures: [], notices: [], sources: [] });
    expect(loaded.index.matchesOf(named('zq-whole'), null, NOTHING_KNOWN)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { GuardError } from '../../../src/errors.js';
import type { ResolvedTree } from '../../../src/model/resolved-tree.js';
import { DEFAULT_POLICY } from '../../../src/policy/policy.js';
import {
  buildErrorReport,
  buildReport,
  exitStatus,
  type ReportInput,
  toReportedError,
} from '../../../src/report/build-report.js';
import { PLAIN_TEXT, renderText } from '../../../src/report/text/render-text.js';
import { judge } from '../../support/judge.js';
import { ABSENT, subject, UNAVAILABLE } from '../../support/subjects.js';

const TOOL = { name: 'phantom-guard-install', version: '0.0.0', dataDate: null };
const STATS = { corpus: 0, cacheHits: 0, registryRequests: 0, integrityCompared: 0, elapsedMs: 0 };
const TREE = { entries: [], edges: [], importers: [] } as unknown as ResolvedTree;

function build(
  subjects: readonly Parameters<typeof subject>[0][],
  input: Partial<ReportInput> = {},
  policy = {},
) {
  return buildReport({
    tool: TOOL,
    tree: TREE,
    since: null,
    verdicts: subjects.map((one) => judge(subject(one), { ...DEFAULT_POLICY, ...policy })),
    unchecked: [],
    notices: [],
    unreadableFeeds: [],
    stats: STATS,
    all: false,
    ...input,
  });
}

const named = (name: string, version: string | null = '1.0.0') => ({
  entry: { name, version },
  answer: ABSENT,
});

describe('the report of a run', () => {
  it('is undecided over what the registry did not answer, and blocked where anything is', () => {
    const away = { answer: UNAVAILABLE };
    const undecided = build([{}, away]);
    expect([undecided.status, exitStatus(undecided), undecided.error]).toEqual([
      'undecided',
      2,
      expect.objectContaining({
        code: 'REGISTRY_UNAVAILABLE',
        message: expect.stringContaining('1 of 2 packages could not be judged'),
      }),
    ]);
    const blocked = build([away, { answer: ABSENT }]);
    expect([blocked.status, exitStatus(blocked), blocked.summary.blocked]).toEqual(['blocked', 1, 1]);
    expect([build([{}]).status, exitStatus(build([{}]))]).toEqual(['allowed', 0]);
  });

  it('does not blame the registry for a name that npm could not install', () => {
    const report = build([{ entry: { name: 'No Name', registryName: null }, answer: null }]);
    expect([report.status, report.error?.code, report.error?.hint]).toEqual([
      'undecided',
      'NAME_INVALID',
      '"unchecked" lists them; correct the names',
    ]);
  });

  it('tells what the policy has let through without a judgement', () => {
    const report = build([{}, { answer: UNAVAILABLE }], {}, { onUnavailable: 'warn' });
    expect([report.status, report.notices]).toEqual([
      'allowed',
      ['1 of 2 packages were let through without being judged (onUnavailable: warn)'],
    ]);
  });

  it('is undecided where a feed could not be read, and names the first', () => {
    const failure = { feed: 'feeds/one.json', reason: 'it is no JSON' };
    const one = build([{}], { unreadableFeeds: [failure] });
    expect([one.status, one.error?.code, one.error?.message]).toEqual([
      'undecided',
      'FEED_UNREADABLE',
      'the feed feeds/one.json could not be used: it is no JSON',
    ]);
    const two = build([{}], { unreadableFeeds: [failure, { ...failure, feed: 'two' }] });
    expect(two.error?.message).toMatch(/: it is no JSON; and 1 more$/);
    expect(two.notices.length).toBe(2);
  });

  it('says what was left out since a commit, and nothing where nothing was', () => {
    const since = { ref: 'main', commit: '0123456789abcdef', unchanged: 1 };
    expect(build([], { since }).unchecked).toEqual([
      { id: 'since:main', reason: '1 entry is as it was at main (0123456) and was not judged again' },
    ]);
    expect(build([], { since: { ...since, unchanged: 2 } }).unchecked[0]?.reason).toBe(
      '2 entries are as they were at main (0123456) and were not judged again',
    );
    expect(build([], { since: { ...since, unchanged: 0 } }).unchecked).toEqual([]);
  });

  it('sorts packages by name and version in code point order, an open version first', () => {
    const subjects = [
      named('zq-b', '2.0.0'),
      named('zq-b', '10.0.0'),
      named('zq-b', null),
      named('zq-a'),
      named('zq-B'),
    ];
    expect(build(subjects).packages.map(({ name, version }) => `${name}@${version}`)).toEqual([
      'zq-B@1.0.0',
      'zq-a@1.0.0',
      'zq-b@null',
      'zq-b@10.0.0',
      'zq-b@2.0.0',
    ]);
  });

  it('lists safe packages only where all are wanted, and without suggestions', () => {
    const names = { suggestions: [{ name: 'widget', why: 'one letter less' }] };
    expect(build([{ names }]).packages).toEqual([]);
    expect(build([{ names }], { all: true }).packages).toMatchObject([{ risk: 'safe', suggestions: [] }]);
    expect(build([{ names, answer: ABSENT }]).packages).toMatchObject([names]);
  });
});

describe('the report of a run that failed', () => {
  it('carries our own errors as they are, without secrets', () => {
    const thrown = new GuardError('INPUT_NOT_FOUND', 'no http://me:secret@127.0.0.1/x', 'look');
    const report = buildErrorReport(TOOL, toReportedError(thrown));
    expect([report.error?.code, report.error?.hint, exitStatus(report)]).toEqual([
      'INPUT_NOT_FOUND',
      'look',
      2,
    ]);
    expect(JSON.stringify(report)).not.toContain('secret');
  });

  it.each([
    [new TypeError('x is undefined'), 'x is undefined'],
    ['a text', 'a text'],
  ])('calls everything else a defect: %s', (thrown, message) => {
    const { code, message: told, hint } = toReportedError(thrown);
    expect([code, told]).toEqual(['INTERNAL', message]);
    expect(hint).toContain('This is a defect');
  });
});

describe('the report as text', () => {
  const text = (report: ReturnType<typeof build>, verbose = false) =>
    renderText(report, { ...PLAIN_TEXT, verbose });

  it('names the alias, and shows three of many ways to a package', () => {
    const report = build([{ entry: { alias: 'kit' }, answer: ABSENT }]);
    const [first] = report.packages;
    if (first === undefined) throw new Error('no package');
    const requestedBy = ['a', 'b', 'c', 'd', 'e'].map((name) => ['root', name]);
    const shown = text({ ...report, packages: [{ ...first, requestedBy }] });
    expect(shown).toContain('BLOCKED  invented-widget@1.0.0 (installed as kit)  not-found');
    expect(shown.match(/asked for by/g)?.length).toBe(3);
    expect(shown).toContain('    and by 2 more\n');
  });

  it('lists five of what was not checked, and all on demand', () => {
    const unchecked = Array.from({ length: 7 }, (_, index) => ({ id: `zq-${index}`, reason: 'bundled' }));
    expect(text(build([], { unchecked }))).toContain('    and 2 more (--verbose lists them)\n');
    expect(text(build([], { unchecked }), true)).toContain('zq-6: bundled');
  });

  it('counts what is unchanged, suspicious and unknown', () => {
    const since = { ref: 'main', commit: '0123456789abcdef', unchanged: 3 };
    const thresholds = { safe: 0, high: 1 };
    const shown = text(
      build(
        [{}, { answer: UNAVAILABLE }],
        { since, stats: { ...STATS, integrityCompared: 4 } },
        { thresholds },
      ),
    );
    expect(shown).toContain('2 packages judged in 0 ms, 3 unchanged since main, 1 suspicious, 1 unknown (');
    expect(shown).toContain('4 integrities compared');
  });
});

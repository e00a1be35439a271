import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAskedFor } from '../../../src/gateway/asked-for.js';
import { createAskers } from '../../../src/gateway/askers.js';
import { runEndTasks } from '../../../src/gateway/at-end.js';
import { BoundedMap } from '../../../src/gateway/bounded-map.js';
import { createDecisionLog } from '../../../src/gateway/decision-log.js';
import { isWithin } from '../../../src/gateway/is-within.js';
import { createMetrics } from '../../../src/gateway/metrics.js';
import { DEFAULT_OPTIONS, parseOptions } from '../../../src/gateway/options.js';
import {
  blockedVersions,
  NOTHING_OWN,
  rulingOnFile,
  rulingOnName,
  rulingOnVersion,
} from '../../../src/gateway/outcome.js';
import { type Ruling, toHeader } from '../../../src/gateway/ruling.js';
import { registryOfUplink } from '../../../src/gateway/uplink-registry.js';
import { withinDeadline } from '../../../src/gateway/within-deadline.js';
import type { PackageName } from '../../../src/model/package-name.js';

describe('what a path asks for', () => {
  it.each([
    ['/zq-a', { kind: 'document', name: 'zq-a', version: null }],
    ['/zq-a/', { kind: 'document', name: 'zq-a', version: null }],
    ['/zq-a/1.0.0', { kind: 'document', name: 'zq-a', version: '1.0.0' }],
    ['/@zq/a', { kind: 'document', name: '@zq/a', version: null }],
    ['/@zq%2fa', { kind: 'document', name: '@zq/a', version: null }],
    ['/%40zq%2Fa/latest', { kind: 'document', name: '@zq/a', version: 'latest' }],
    ['/zq-a/-/a.tgz', { kind: 'tarball', name: 'zq-a', file: 'a.tgz' }],
    ['/@zq/a/-/a.tgz', { kind: 'tarball', name: '@zq/a', file: 'a.tgz' }],
    ['/@zq%2fa/-/@zq/a.tgz', { kind: 'tarball', name: '@zq/a', file: 'a.tgz' }],
    ['/@zq%2fa/-/@zq%2fa.tgz', { kind: 'tarball', name: '@zq/a', file: 'a.tgz' }],
    ['/zq-a/-/%E0%A4%A', { kind: 'tarball', name: 'zq-a', file: '%E0%A4%A' }],
    ['/', null],
    ['/@zq', null],
    ['/-/ping', null],
    ['/-/phantom-guard/health', null],
    ['/-%2fping', null],
    ['/zq-a/-/a/b/c', null],
    ['/zq-a/1.0.0/x', null],
  ])('%s', (asked, expected) => {
    expect(parseAskedFor(asked)).toEqual(expected);
  });
});

describe('the options of the plugin', () => {
  it('have defaults, and paths beside the configuration', () => {
    expect(parseOptions({}, '/etc/v')).toEqual({ options: DEFAULT_OPTIONS, faults: [] });
    const given = {
      enabled: true,
      config: 'guard.json',
      decisionLog: '/var/log/d',
      trustedUplinks: ['a'],
      logAll: true,
    };
    expect(parseOptions(given, '/etc/v')).toEqual({
      options: {
        ...DEFAULT_OPTIONS,
        config: '/etc/v/guard.json',
        decisionLog: '/var/log/d',
        trustedUplinks: ['a'],
        logAll: true,
      },
      faults: [],
    });
  });

  it('log to the standard output where they say so', () => {
    expect(parseOptions({ decisionLog: '-' }, '/etc/v').options.decisionLog).toBe('-');
  });

  it.each([
    ['deadlineMs', 0],
    ['deadlineMs', '200'],
    ['deadlineMs', 60_000],
    ['onDeadline', 'ask'],
    ['config', 1],
    ['downloads', ''],
    ['downloads', null],
    ['trustedUplinks', 'a'],
    ['trustedUplinks', [1]],
    ['openStatus', 'no'],
    ['toString', 1],
    ['deadline', 1],
  ])('that are wrong are faults: %s %s', (key, value) => {
    const { options, faults } = parseOptions({ [key]: value }, '/');
    expect(faults).toEqual([expect.stringContaining(key)]);
    expect(options).toEqual(DEFAULT_OPTIONS);
  });
});

describe('a bounded map', () => {
  it('forgets what was touched longest ago', () => {
    const map = new BoundedMap<string, number>(2);
    map.set('a', 1);
    map.set('b', 2);
    expect(map.get('a')).toBe(1);
    map.set('c', 3);
    expect([map.get('a'), map.get('b'), map.get('c'), map.size]).toEqual([1, undefined, 3, 2]);
  });
});

describe('who asks for a name', () => {
  const document = (dependencies: object, more: object = {}) => ({
    _rev: '1',
    versions: { '1.0.0': { dependencies, ...more } },
  });
  const asker = (name: string, popularity: number) => ({ name, popularity });

  it('is the most popular established package that was seen, by the real names', () => {
    const askers = createAskers((name) => name === 'zq-known');
    askers.note(
      asker('zq-low', 9),
      document({ 'zq-a': '1', 'zq-known': '1', 'zq-alias': 'npm:@zq/real@^1' }),
    );
    askers.note(asker('zq-high', 20), document({ 'zq-a': '1' }, { peerDependencies: { 'zq-p': '*' } }));
    askers.note(asker('zq-mid', 12), document({ 'zq-a': '1' }, { optionalDependencies: { 'zq-o': 1 } }));
    expect(['zq-a', 'zq-p', 'zq-o', '@zq/real'].map((name) => askers.askerOf(name)?.name)).toEqual([
      'zq-high',
      'zq-high',
      'zq-mid',
      'zq-low',
    ]);
    expect(['zq-known', 'zq-alias', 'zq-x'].map((name) => askers.askerOf(name))).toEqual([null, null, null]);
  });

  it('is read again when the document has changed', () => {
    const askers = createAskers(() => false);
    askers.note(asker('zq-low', 9), document({ 'zq-a': '1' }));
    askers.note(asker('zq-low', 9), document({ 'zq-b': '1' }));
    expect(askers.askerOf('zq-b')).toBeNull();
    askers.note(asker('zq-low', 9), { ...document({ 'zq-b': '1' }), _rev: '2' });
    expect(askers.askerOf('zq-b')?.name).toBe('zq-low');
  });
});

describe('the text of a header', () => {
  it('is one line of printable ASCII', () => {
    expect(toHeader('a\r\nb: “x” – ’ é \u202e \u{1f600}')).toMatch(/^[\x20-\x7e]+$/);
    expect(toHeader('“x” – ’')).toBe('"x" - \'');
    expect(toHeader('x'.repeat(2_000))).toHaveLength(600);
  });
});

describe('the decision log', () => {
  it('appends in order, loses nothing to a file that comes later, and says when it can not write', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'phantom-guard-log-'));
    const log = createDecisionLog(path.join(folder, 'a.ndjson'));
    for (const line of ['1', '2', '3']) log.write(line);
    await log.flush();
    log.write('4');
    await log.close();
    expect(readFileSync(path.join(folder, 'a.ndjson'), 'utf8')).toBe('1\n2\n3\n4\n');
    expect(log.state()).toEqual({ problem: null, lost: 0 });
    const broken = createDecisionLog(path.join(folder, 'nowhere', 'a.ndjson'));
    broken.write('1');
    await broken.close();
    expect(broken.state()).toEqual({ problem: expect.stringContaining('ENOENT'), lost: 1 });
    const off = createDecisionLog(null);
    off.write('1');
    await off.close();
    expect(existsSync(path.join(folder, 'null'))).toBe(false);
  });
});

describe('the decision log at the end of the process', () => {
  it('is written to its last line at once, and left alone once it is closed', async () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'phantom-guard-log-')), 'a.ndjson');
    const log = createDecisionLog(file);
    for (const line of ['1', '2', '3']) log.write(line);
    runEndTasks();
    expect(readFileSync(file, 'utf8')).toBe('1\n2\n3\n');
    await log.close();
    const before = readFileSync(file, 'utf8');
    runEndTasks();
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('ends quietly where it can not be written', async () => {
    const log = createDecisionLog(path.join(tmpdir(), 'phantom-guard-nowhere', 'a.ndjson'));
    log.write('1');
    expect(() => runEndTasks()).not.toThrow();
    await log.close();
  });
});

describe('the metrics', () => {
  it('count, and sort times into buckets', () => {
    const metrics = createMetrics();
    metrics.decided('block');
    metrics.count('failures');
    metrics.judged(0.4);
    metrics.judged(30);
    const text = metrics.render({ x: 2, y_total: 3 });
    expect(text).toContain('phantom_guard_decisions_total{action="block"} 1\n');
    expect(text).toContain('phantom_guard_failures_total 1\n');
    expect(text).toContain('phantom_guard_judging_seconds_bucket{le="0.0005"} 1\n');
    expect(text).toContain('phantom_guard_judging_seconds_bucket{le="0.05"} 2\n');
    expect(text).toContain(
      '# TYPE phantom_guard_x gauge\nphantom_guard_x 2\n# TYPE phantom_guard_y_total counter\n',
    );
  });
});

describe('the registry behind an uplink', () => {
  const config = {
    uplinks: { npmjs: { url: 'https://registry.npmjs.org' }, corp: { url: 'http://r.corp.example/npm' } },
  };

  it.each([
    ['npmjs', { url: 'https://registry.npmjs.org/', isPublic: true }],
    ['corp', { url: 'http://r.corp.example/npm/', isPublic: false }],
    ['one-that-was-taken-out', { isPublic: false }],
    ['toString', { isPublic: false }],
  ])('is public where its URL says so alone: %s', (uplink, expected) => {
    expect(registryOfUplink(config, uplink, 'zq-a' as PackageName)).toMatchObject(expected);
  });
});

describe('what happened', () => {
  it('is old where the clock was set back, too', () => {
    expect([1_000, 1_099, 1_100, 900, 901].map((nowMs) => isWithin(100, 1_000, nowMs))).toEqual([
      true,
      true,
      false,
      false,
      true,
    ]);
    expect(isWithin(100, Number.NEGATIVE_INFINITY, 0)).toBe(false);
  });
});

describe('a deadline', () => {
  it('gives what comes in time, and nothing else', async () => {
    expect(await withinDeadline(Promise.resolve(1), 1_000)).toBe(1);
    expect(await withinDeadline(new Promise(() => undefined), 1)).toBeNull();
    await expect(withinDeadline(Promise.reject(new Error('no')), 1_000)).rejects.toThrow('no');
  });
});

describe('an outcome', () => {
  const ruling = (action: 'allow' | 'block'): Ruling => ({ kind: 'undecided', action, reason: action });
  const own = { versions: new Set(['9.0.0']), files: new Set(['own.tgz']) };
  const versions = {
    kind: 'versions',
    rulings: new Map([
      ['1.0.0', ruling('allow')],
      ['2.0.0', ruling('block')],
    ]),
    files: new Map([
      ['a.tgz', '1.0.0'],
      ['b.tgz', '2.0.0'],
      ['c.tgz', '3.0.0'],
    ]),
    own: NOTHING_OWN,
  } as const;
  const whole = { kind: 'whole', ruling: ruling('block'), latest: null, own } as const;
  const ours = { kind: 'own', files: new Set(['own.tgz']) } as const;

  it('tells of a file', () => {
    expect(rulingOnFile(versions, 'a.tgz')).toEqual(ruling('allow'));
    expect(rulingOnFile(versions, 'b.tgz')).toEqual(ruling('block'));
    expect([rulingOnFile(versions, 'c.tgz'), rulingOnFile(versions, 'd.tgz')]).toEqual([
      'unknown',
      'unknown',
    ]);
    expect([rulingOnFile({ ...versions, own }, 'own.tgz'), rulingOnFile(whole, 'own.tgz')]).toEqual([
      null,
      null,
    ]);
    expect(rulingOnFile(whole, 'x.tgz')).toEqual(ruling('block'));
    expect([rulingOnFile(ours, 'own.tgz'), rulingOnFile(ours, 'a.tgz')]).toEqual([null, 'unknown']);
    expect(rulingOnFile({ kind: 'established' }, 'a')).toBeNull();
  });

  it('tells of the package where nothing of it may be served', () => {
    expect(rulingOnName(versions)).toBeNull();
    const rulings = new Map([['2.0.0', ruling('block')]]);
    expect(rulingOnName({ ...versions, rulings })).toEqual(ruling('block'));
    expect(rulingOnName({ ...versions, rulings, own })).toBeNull();
    expect(rulingOnName({ ...versions, rulings: new Map() })).toBeNull();
    expect([rulingOnName(whole), rulingOnName({ ...whole, own: NOTHING_OWN })]).toEqual([
      null,
      ruling('block'),
    ]);
    expect([rulingOnName(ours), rulingOnName({ kind: 'established' })]).toEqual([null, null]);
  });

  it('tells of a version', () => {
    expect(rulingOnVersion(whole, '9.0.0')).toBeNull();
    expect(rulingOnVersion(ours, '1.0.0')).toBeNull();
    expect(blockedVersions(whole, ['1.0.0', '9.0.0'])).toEqual(new Set(['1.0.0']));
    expect(blockedVersions(versions, ['1.0.0', '2.0.0', '3.0.0'])).toEqual(new Set(['2.0.0']));
  });
});

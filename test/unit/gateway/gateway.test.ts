import { readFileSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readHealth } from '../../../src/gateway/health.js';
import type { Manifest } from '../../../src/gateway/manifest.js';
import { rulingOnName } from '../../../src/gateway/outcome.js';
import { fromUplink, healthy, SQUAT, squat, startGateway } from './support.js';

const versionsOf = (manifest: Manifest): string[] => Object.keys(manifest['versions'] as object);
const ASKER = { user: 'zq-user', ip: '127.0.0.1' };

describe('the filter', () => {
  it('leaves nothing of a fresh squat, and all of a healthy and of an established package', async () => {
    const { gateway } = startGateway();
    expect(versionsOf(await gateway.filter(squat()))).toEqual([]);
    const good = healthy('zq-healthy');
    expect(await gateway.filter(good)).toBe(good);
    const express = healthy('express');
    expect(await gateway.filter(express)).toBe(express);
    expect(gateway.recent('express')?.outcome).toEqual({ kind: 'established' });
    expect(gateway.recent('zq-never')).toBeNull();
  });

  it('does not judge what no uplink, or none but trusted ones, have', async () => {
    const { gateway } = startGateway({ trustedUplinks: ['npmjs'] });
    const { _uplinks: _, ...own } = squat();
    expect(await gateway.filter(own)).toBe(own);
    const trusted = squat();
    expect(await gateway.filter(trusted)).toBe(trusted);
    const both = fromUplink(trusted, { _uplinks: { npmjs: {}, other: {} } });
    expect(versionsOf(await gateway.filter(both))).toEqual([]);
  });

  it('warns, and serves, where an established package was seen to ask for the name', async () => {
    const { gateway } = startGateway();
    const alone = await gateway.decide(squat());
    await gateway.filter(healthy('express', { dependencies: { [SQUAT]: '^1.0.0' } }));
    const asked = await gateway.decide(squat());
    expect([alone, asked].map(({ outcome }) => rulingOnName(outcome)?.action)).toEqual(['block', 'warn']);
    expect(rulingOnName(asked.outcome)?.reason).toContain('suspicious');
  });

  it('remembers what it has judged until the document, the time or the rules change', async () => {
    const { gateway, pass } = startGateway();
    const hits = () => Number(/^phantom_guard_cache_hits_total (\d+)/m.exec(gateway.metrics.render({}))?.[1]);
    const document = squat();
    const changed = { ...document, _rev: '2-b' };
    await gateway.decide(document);
    await gateway.decide(document);
    expect(hits()).toBe(1);
    await gateway.decide(changed);
    expect(hits()).toBe(1);
    await gateway.decide(changed);
    expect(hits()).toBe(2);
    pass(700_000);
    expect(gateway.recent(SQUAT)).toBeNull();
    await gateway.decide(changed);
    expect(hits()).toBe(2);
  });

  it('blocks what it can not read', async () => {
    const { gateway } = startGateway();
    const { outcome } = await gateway.decide({ name: 'zq-unreadable', _uplinks: { npmjs: {} } });
    expect(rulingOnName(outcome)).toMatchObject({
      action: 'block',
      reason: expect.stringContaining('unknown'),
    });
  });

  it.each([
    ['a name that npm can not install', { name: 'zq a', versions: { '1.0.0': {} } }],
    ['no name', { versions: { '1.0.0': {} } }],
    ['a list of versions', { name: 'zq-odd', versions: [1] }],
  ])('never rejects, and lets nothing through: %s', async (_, document) => {
    const { gateway } = startGateway();
    const left = await gateway.filter({ ...document, _uplinks: { npmjs: {} } });
    const { outcome } = await gateway.decide({ ...document, _uplinks: { npmjs: {} } });
    expect(rulingOnName(outcome)?.action).toBe('block');
    if (!Array.isArray(document.versions)) expect(versionsOf(left)).toEqual([]);
  });

  it('judges a document with odd members on the rest, as a check does', async () => {
    const { gateway } = startGateway();
    const odd = {
      name: 'zq-odd',
      versions: { '1.0.0': 1, '2.0.0': null },
      'dist-tags': 7,
      time: [],
      _uplinks: { npmjs: {} },
    };
    expect(versionsOf(await gateway.filter(odd))).toEqual(['1.0.0', '2.0.0']);
    expect(versionsOf(await gateway.filter({ ...odd, name: SQUAT, time: squat()['time'] }))).toEqual([]);
  });
});

describe('the deadline', () => {
  const never = { openRules: () => new Promise<never>(() => undefined) };

  it.each(['block', 'allow'] as const)('gives the answer that was chosen: %s', async (onDeadline) => {
    const { gateway } = startGateway({ deadlineMs: 1, onDeadline }, { ports: never });
    const { outcome } = await gateway.decide(squat());
    expect(rulingOnName(outcome)).toEqual({
      kind: 'undecided',
      action: onDeadline,
      reason: `phantom-guard: ${SQUAT} could not be judged in time, try again`,
    });
    expect(versionsOf(await gateway.filter(squat())).length).toBe(onDeadline === 'block' ? 0 : 2);
    expect(await gateway.settled('express')).toBeNull();
  });
});

describe('the rules', () => {
  const exception = {
    name: SQUAT,
    version: '1.0.0',
    signals: [
      'RECENTLY_CREATED',
      'NOT_IN_SNAPSHOT',
      'INSTALL_SCRIPT',
      'HALLUCINATION_PATTERN',
      'SHORT_DESCRIPTION',
    ],
    reason: 'looked at',
  };

  it('are the organisation’s own: an exception covers what no project could, version by version', async () => {
    const files = {
      'bad.csv': `name,version\n${SQUAT},1.0.0\nexpress,1.1.0\n`,
      'guard.json': {
        feeds: ['bad.csv'],
        exceptions: [{ ...exception, signals: [...exception.signals, 'KNOWN_MALICIOUS'] }],
      },
    };
    const { gateway } = startGateway({}, { files });
    expect(versionsOf(await gateway.filter(squat()))).toEqual(['1.0.0']);
    const express = versionsOf(await gateway.filter(healthy('express')));
    expect([express.includes('1.1.0'), express.includes('1.2.0')]).toEqual([false, true]);
    expect(await gateway.settled('express')).toBeNull();
    expect((await gateway.settled('react'))?.outcome).toEqual({ kind: 'established' });
  });

  it('change with the file, and with a feed, once a second at most', async () => {
    const { gateway, write, pass, folder, complaints } = startGateway({}, { files: { 'guard.json': {} } });
    const left = async () => versionsOf(await gateway.filter(squat()));
    expect(await left()).toEqual([]);
    write('bad.csv', 'name\nzq-other\n');
    write('guard.json', { exceptions: [exception], feeds: ['bad.csv'] });
    expect(await left()).toEqual([]);
    pass(1_001);
    expect(await left()).toEqual(['1.0.0']);
    write('bad.csv', `name\n${SQUAT}\n`);
    utimesSync(path.join(folder, 'bad.csv'), 1, 1);
    pass(1_001);
    expect(await left()).toEqual([]);
    write('guard.json', '{');
    pass(1_001);
    expect(await left()).toEqual([]);
    expect(complaints).toEqual([expect.stringContaining('CONFIG_INVALID')]);
    expect(await readHealth(gateway)).toMatchObject({
      status: 'degraded',
      problems: [expect.stringContaining('CONFIG_INVALID')],
    });
    write('guard.json', { exceptions: [exception] });
    pass(1_001);
    expect(await left()).toEqual(['1.0.0']);
    expect(await readHealth(gateway)).toMatchObject({ status: 'ok', problems: [] });
    expect(gateway.state().rules.reloads).toBe(3);
    await gateway.close();
  });

  it.each([
    ['a file that is not there', { 'guard.json': { feeds: ['nowhere.csv'] } }, /nowhere\.csv/],
    ['a configuration that is none', { 'guard.json': '[]' }, /CONFIG_INVALID/],
  ])('that can not be read at the start block everything: %s', async (_, files, said) => {
    const { gateway, write, pass } = startGateway({}, { files });
    for (const document of [healthy('express'), healthy('zq-healthy')])
      expect(versionsOf(await gateway.filter(document))).toEqual([]);
    expect(await readHealth(gateway)).toMatchObject({
      status: 'failing',
      problems: [expect.stringMatching(said)],
    });
    write('guard.json', {});
    pass(1_001);
    expect(versionsOf(await gateway.filter(healthy('express'))).length).toBeGreaterThan(1);
    expect(await readHealth(gateway)).toMatchObject({ status: 'ok' });
  });

  it('go on counting while a feed is slow to come, and a feed that was being written is read again', async () => {
    const files = { 'bad.csv': 'name\nzq-other\n', 'guard.json': { feeds: ['bad.csv'] } };
    let isSlow = false;
    let goOn = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const { gateway, write, pass } = startGateway(
      { deadlineMs: 3_000 },
      {
        files,
        wrapRules: async (open) => {
          const rules = await open();
          if (isSlow) await gate;
          return rules;
        },
      },
    );
    const isServed = async () => versionsOf(await gateway.filter(healthy('zq-healthy'))).length > 0;
    expect(await isServed()).toBe(true);
    isSlow = true;
    write('bad.csv', 'name\nzq-one-more\n');
    pass(1_001);
    expect(await isServed()).toBe(true);
    write('bad.csv', 'name\nzq-one-more\nzq-healthy\n');
    goOn();
    await expect.poll(() => gateway.state().rules.reloads).toBe(1);
    pass(1_001);
    expect(await isServed()).toBe(false);
  });

  it('are waited for after a start, longer than judging may take', async () => {
    const { gateway } = startGateway(
      { deadlineMs: 300 },
      {
        wrapRules: async (open) => {
          await new Promise((resolve) => setTimeout(resolve, 400));
          return await open();
        },
      },
    );
    expect((await gateway.decide(healthy('express'))).outcome).toEqual({ kind: 'established' });
  });

  it('are looked at when the clock was set back', async () => {
    const { gateway, write, pass } = startGateway({}, { files: { 'guard.json': {} } });
    expect(versionsOf(await gateway.filter(squat()))).toEqual([]);
    write('guard.json', { exceptions: [exception] });
    pass(-3_600_000);
    expect(versionsOf(await gateway.filter(squat()))).toEqual(['1.0.0']);
  });

  it('are tried again though nothing has changed, but not at once', async () => {
    let tries = 0;
    const openRules = () => Promise.reject(new Error(`try ${++tries}`));
    const { gateway, pass } = startGateway({}, { ports: { openRules } });
    for (const ms of [0, 1_001, 1_001, 31_000]) {
      pass(ms);
      await gateway.decide(squat());
    }
    expect(tries).toBe(2);
  });

  it('judge nothing with wrong options', async () => {
    const { gateway } = startGateway({}, { ports: { faults: ['the option x is not known'] } });
    expect(versionsOf(await gateway.filter(healthy('express')))).toEqual([]);
    expect(await readHealth(gateway)).toMatchObject({
      status: 'failing',
      problems: ['the option x is not known'],
    });
  });
});

describe('the record of decisions', () => {
  const decisionOn = (name: string, ruling: ReturnType<typeof rulingOnName>) => ({
    atMs: 0,
    asker: ASKER,
    name,
    version: null,
    ruling,
    elapsedMs: 1.234,
  });

  it.each([
    [false, [SQUAT]],
    [true, [SQUAT, 'express']],
  ])('holds what was blocked, and with logAll all: %s', async (logAll, logged) => {
    const { gateway, folder } = startGateway({ logAll });
    const file = path.join(folder, 'log.ndjson');
    const { gateway: logging } = startGateway({ logAll, decisionLog: file });
    const { outcome } = await gateway.decide(squat());
    logging.record(decisionOn(SQUAT, rulingOnName(outcome)));
    logging.record(decisionOn('express', null));
    await logging.close();
    const lines = readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ name }) => name)).toEqual(logged);
    expect(lines[0]).toMatchObject({
      time: '1970-01-01T00:00:00.000Z',
      action: 'block',
      served: false,
      elapsedMs: 1.23,
    });
    expect(logging.decisions().map(({ name }) => name)).toEqual([SQUAT]);
  });

  it('holds the last 200', async () => {
    const { gateway } = startGateway();
    const { outcome } = await gateway.decide(squat());
    for (let index = 0; index < 205; index++)
      gateway.record(decisionOn(`zq-${index}`, rulingOnName(outcome)));
    expect(gateway.decisions().length).toBe(200);
    expect(gateway.decisions()[0]?.name).toBe('zq-204');
  });

  it('shows in the health where it can not be written', async () => {
    const { gateway, folder } = startGateway({ decisionLog: '/dev/null/zq' });
    expect(folder).not.toBe('');
    const { outcome } = await gateway.decide(squat());
    gateway.record(decisionOn(SQUAT, rulingOnName(outcome)));
    await gateway.close();
    expect(await readHealth(gateway)).toMatchObject({
      status: 'degraded',
      problems: [expect.stringContaining('decision log')],
    });
  });
});

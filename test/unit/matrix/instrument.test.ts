import { describe, expect, it } from 'vitest';
import { appliesTo, GUARDS, type GuardId } from '../../matrix/guards.js';
import { controlOf, describeCell, levelOf, type Observation } from '../../matrix/levels.js';
import { offencesOf, worstAllowed } from '../../matrix/rules.js';
import { SCENARIOS } from '../../matrix/scenarios.js';
import { samplePlaces } from '../../matrix/select.js';
import { readRecorded, replaceRecorded } from '../../matrix/table.js';
import type { Manager } from '../../support/managers.js';

const UNTOUCHED = { manifests: true, lockfile: true, modules: true, rest: true };

function observed(parts: Partial<Observation> & { readonly status?: number }): Observation {
  const { status = 1, ...rest } = parts;
  const run = { status, signal: null, stdout: '', stderr: '', elapsedMs: 1 };
  return { run, mark: [], landed: [], downloads: [], subjectDownloads: [], untouched: UNTOUCHED, ...rest };
}

const INSTALLED = observed({ status: 0, landed: ['x'], mark: ['x install'] });
const MANAGERS = [10, 11, 12].map((major) => ({ major }) as Manager);

describe('the instrument of test:matrix', () => {
  it('takes the worst that happened for the level', () => {
    expect(levelOf(observed({}))).toBe('T0');
    expect(levelOf(observed({ downloads: ['a'] }))).toBe('T1');
    expect(levelOf(observed({ downloads: ['a', 'x'], subjectDownloads: ['x'] }))).toBe('T2');
    expect(levelOf(observed({ landed: ['x'] }))).toBe('landed');
    expect(levelOf(INSTALLED)).toBe('ran');
    expect(levelOf(observed({ mark: ['x preinstall'] }))).toBe('ran');
  });

  it('tells a control that is not installed', () => {
    expect(controlOf(INSTALLED)).toBe('ran');
    expect(controlOf({ ...INSTALLED, mark: [] })).toBe('landed');
    expect(controlOf({ ...INSTALLED, landed: [] })).toBe('nothing');
    expect(controlOf(observed({ status: 2, landed: ['x'] }))).toBe('refused');
  });

  it('remarks on a stop that changes the project or says nothing, and on the control', () => {
    const silent = observed({ status: 0, untouched: { ...UNTOUCHED, lockfile: false } });
    expect(describeCell(silent, INSTALLED)).toBe('T0, exit 0, project changed');
    expect(describeCell(INSTALLED, INSTALLED)).toBe('ran');
    expect(describeCell(observed({ mark: ['x install'] }), INSTALLED)).toBe('ran, failed');
    expect(describeCell(observed({}), observed({}))).toBe('T0, control refused');
  });

  it('holds the wrapper and the gate to their worst level, whatever is expected', () => {
    const offences = (guard: GuardId, bad: Observation, control = INSTALLED, plain = 'ran'): number =>
      offencesOf({ worst: worstAllowed(guard, 10, {}), plain }, bad, control).length;
    const requested = observed({ downloads: ['x'], subjectDownloads: ['x'] });
    expect(offences('wrapper', observed({}))).toBe(0);
    expect(offences('wrapper', requested)).toBe(1);
    expect(offences('wrapper', observed({ status: 0 }))).toBe(1);
    expect(offences('gate', requested)).toBe(0);
    expect(offences('gate', observed({ landed: ['x'] }))).toBe(1);
    expect(offences('wrapper', observed({}), observed({}))).toBe(1);
    expect(offences('wrapper', observed({}), observed({}), 'T0, control refused')).toBe(0);
    expect(offences('plain', INSTALLED)).toBe(0);
  });

  it('asks of the gate what npm leaves to it', () => {
    expect(worstAllowed('gate', 11, {})).toBe('T2');
    expect(worstAllowed('gate', 11, { gateReach: 'ran' })).toBe('ran');
    expect(worstAllowed('gate', 12, {})).toBe('landed');
    expect(worstAllowed('wrapper', 12, { gateReach: 'ran' })).toBe('T0');
    const emptied = observed({ untouched: { ...UNTOUCHED, modules: false } });
    const rule = { worst: 'T2', plain: 'ran' } as const;
    expect(offencesOf(rule, emptied, INSTALLED)).toEqual(['the project changed']);
    expect(offencesOf({ ...rule, empties: true }, emptied, INSTALLED)).toEqual([]);
  });

  it.each([1, 2, 3, 4])('samples every row, version and guard of %i', (count) => {
    const guards = GUARDS.slice(0, count);
    const sample = samplePlaces({ guards, managers: MANAGERS, scenarios: SCENARIOS });
    const rows = SCENARIOS.filter((scenario) => guards.some(({ id }) => appliesTo(id, scenario)));
    expect(sample.map(({ scenario }) => scenario)).toEqual(rows);
    expect(sample.every(({ guard, scenario }) => appliesTo(guard.id, scenario))).toBe(true);
    expect(new Set(sample.map(({ guard }) => guard)).size).toBe(count);
    expect(new Set(sample.map(({ manager }) => manager)).size).toBe(3);
  });

  it('writes and reads the recorded blocks, one by one', () => {
    const block = (guard: string) => `<!-- matrix guard=${guard} commit= -->\nold\n<!-- /matrix -->`;
    const document = `a\n\n${block('plain')}\n\n${block('gate')}\n`;
    const written = replaceRecorded(document, 'gate', 'c0ffee', '| $& |');
    expect(written).toContain('commit=c0ffee -->\n\n| $& |\n\n<!-- /matrix -->');
    expect(written).toContain(block('plain'));
    expect(readRecorded(written)).toEqual({ plain: '', gate: 'c0ffee' });
    expect(() => replaceRecorded(document, 'wrapper', 'c0ffee', '')).toThrow('guard=wrapper');
  });
});

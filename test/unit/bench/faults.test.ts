import { describe, expect, it } from 'vitest';
import { compareReports, verdictsOf } from '../../../bench/faults/compare.js';
import { Count } from '../../../bench/faults/fault.js';
import { KINDS } from '../../../bench/faults/kinds/index.js';
import { readFaultRecord } from '../../../bench/faults/record.js';
import type { World } from '../../../bench/faults/world.js';
import type { Report } from '../../../src/model/report.js';

const NAMES = ['zq-a', 'zq-b'];
const WORLD = { names: NAMES } as unknown as World;

type Verdict = readonly [risk: string, action: string];

function reportOf(verdicts: readonly Verdict[], status: string): Report {
  const packages = verdicts.map(([risk, action], index) => ({ name: NAMES[index], risk, action }));
  const blocked = verdicts.filter(([risk, action]) => risk !== 'unknown' && action === 'block').length;
  return { status, packages, summary: { blocked } } as unknown as Report;
}

const SAFE: Verdict = ['safe', 'allow'];
const BAD: Verdict = ['high-risk', 'block'];
const UNKNOWN: Verdict = ['unknown', 'block'];
const QUIET = verdictsOf(reportOf([SAFE, BAD], 'blocked'));

function failuresOf(report: Report | null): readonly string[] {
  const count = new Count();
  compareReports(count, WORLD, QUIET, report);
  return count.failures;
}

describe('a report under faults', () => {
  it.each([
    ['says what the quiet run says', [SAFE, BAD], 'blocked'],
    ['blocks what it could not ask about', [UNKNOWN, BAD], 'blocked'],
    ['is undecided as a whole', [SAFE, UNKNOWN], 'undecided'],
  ] as const)('is right where it %s', (_, verdicts, status) => {
    expect(failuresOf(reportOf(verdicts, status))).toEqual([]);
  });

  it.each([
    ['allows what the quiet run blocks', [SAFE, SAFE], 'allowed'],
    ['lets through what it could not ask about', [['unknown', 'allow'], BAD], 'blocked'],
    ['lacks a package', [SAFE], 'allowed'],
    ['says that all is well with something undecided', [SAFE, UNKNOWN], 'allowed'],
  ] as const)('is wrong where it %s', (_, verdicts, status) => {
    expect(failuresOf(reportOf(verdicts, status))).not.toEqual([]);
  });

  it('is wrong where there is none', () => {
    expect(failuresOf(null)).toHaveLength(1);
  });
});

describe('the record of faults', () => {
  const { results } = readFaultRecord();

  it('has every kind, and nothing that did not hold', () => {
    expect(results.map(({ name }) => name).sort()).toEqual(KINDS.map(({ name }) => name).sort());
    expect(results.flatMap(({ failures }) => failures)).toEqual([]);
  });

  it('has at least 200 kills, and the 8 processes for a minute', () => {
    const kills = results.filter(({ name }) => name.startsWith('kill-'));
    expect(kills.reduce((sum, { injected }) => sum + injected, 0)).toBeGreaterThanOrEqual(200);
    expect(results.find(({ name }) => name === 'shared-cache')?.seconds).toBeGreaterThanOrEqual(60);
  });
});

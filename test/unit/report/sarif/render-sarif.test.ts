import fc from 'fast-check';
import type { Log, Result, Run } from 'sarif';
import { describe, expect, it } from 'vitest';
import type { Report, ReportedPackage } from '../../../../src/model/report.js';
import { SIGNAL_CODES, type Signal } from '../../../../src/model/signal.js';
import type { Location } from '../../../../src/report/location.js';
import { renderSarif } from '../../../../src/report/sarif/render-sarif.js';
import { EMPTY_REPORT } from '../../../support/empty-report.js';
import { reported } from '../../../support/reported.js';
import { faultsInSarif } from '../../../support/sarif-schema.js';

const NOT_FOUND: Signal = { code: 'NOT_FOUND', weight: 6, evidence: { registry: 'https://r.example/' } };
const LOCATION: Location = { file: 'apps/web/package-lock.json', line: 12 };

function run(change: Partial<Report>, located: readonly ReportedPackage[] = []): Run {
  const locations = new Map(located.map((one) => [one, LOCATION]));
  const log: Log = JSON.parse(renderSarif({ ...EMPTY_REPORT, ...change }, locations));
  expect(faultsInSarif(log)).toEqual([]);
  const [only] = log.runs;
  if (only === undefined) throw new Error('a log has a run');
  return only;
}

function resultFor(change: Partial<ReportedPackage>): Result {
  const one = reported(change);
  const [result] = run({ status: 'blocked', packages: [one] }, [one]).results ?? [];
  if (result === undefined) throw new Error('there should be a result');
  return result;
}

describe('the report as SARIF', () => {
  it('has no result and a successful invocation where nothing is wrong', () => {
    const { results, invocations } = run({});
    expect(results).toEqual([]);
    expect(invocations).toEqual([{ executionSuccessful: true }]);
  });

  it('has a rule with a page for every signal, and for having no verdict', () => {
    const { rules = [] } = run({}).tool.driver;
    expect(rules.map(({ id }) => id)).toEqual([...SIGNAL_CODES, 'UNKNOWN']);
    expect(rules.every(({ helpUri, help }) => helpUri !== undefined && help?.markdown !== undefined)).toBe(
      true,
    );
  });

  it('points to the line of the lockfile, and to the rule of the heaviest signal', () => {
    const result = resultFor({
      signals: [{ code: 'NOT_IN_SNAPSHOT', weight: 0.5, evidence: { dataDate: '2026-03-01' } }, NOT_FOUND],
    });
    expect(result).toMatchObject({
      ruleId: 'NOT_FOUND',
      ruleIndex: SIGNAL_CODES.indexOf('NOT_FOUND'),
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: LOCATION.file, uriBaseId: '%SRCROOT%' },
            region: { startLine: LOCATION.line },
          },
        },
      ],
    });
  });

  it.each([
    ['block', 'error'],
    ['warn', 'warning'],
    ['allow', 'note'],
  ] as const)('says %s as %s', (action, level) => {
    expect(resultFor({ action, risk: 'suspicious' }).level).toBe(level);
  });

  it('leaves out safe packages, which --all lists', () => {
    expect(run({ packages: [reported({ risk: 'safe', action: 'allow' })] }).results).toEqual([]);
  });

  it('is an unsuccessful invocation with a notification where nothing could be decided', () => {
    const error = { code: 'LOCKFILE_UNREADABLE', message: 'no lockfile', hint: 'make one' } as const;
    const { invocations = [] } = run({ status: 'undecided', error });
    expect(invocations).toMatchObject([
      {
        executionSuccessful: false,
        toolExecutionNotifications: [{ level: 'error', descriptor: { id: 'LOCKFILE_UNREADABLE' } }],
      },
    ]);
  });

  it('tells of what was not checked', () => {
    const { invocations = [] } = run({ unchecked: [{ id: 'zq-local', reason: 'a folder' }] });
    expect(invocations[0]?.toolExecutionNotifications).toMatchObject([{ level: 'note' }]);
  });

  it('keeps the fingerprint of a package whatever its line is', () => {
    const one = reported({ signals: [NOT_FOUND] });
    const fingerprints = [[], [one]].map(
      (located) => run({ packages: [one] }, located).results?.[0]?.partialFingerprints,
    );
    expect(fingerprints[0]).toEqual(fingerprints[1]);
  });

  it('stays valid, and makes no link or placeholder, whatever foreign text says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (name, why) => {
        const one = reported({ name, requestedBy: [['root', name]], suggestions: [{ name, why }] });
        const [result] = run({ packages: [one], notices: [why] }, [one]).results ?? [];
        const unescaped = (result?.message.text ?? '').replace(/\\[\\[\]]|\{\{|\}\}/g, '');
        expect(unescaped).not.toMatch(/[[\]{}\\]/);
      }),
    );
  });
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Evidence, SIGNAL_CODES, type SignalCode } from '../../../src/model/signal.js';
import { scoreSignals } from '../../../src/score/score.js';
import { weightOf } from '../../../src/score/weights.js';
import { detectors } from '../../../src/signals/index.js';
import { signalCases } from './cases.js';
import { statedScores, weightExamples } from './weight-examples.js';

const pageOf = (code: SignalCode): string =>
  readFileSync(path.resolve(import.meta.dirname, `../../../docs/signals/${code}.md`), 'utf8');

/** The one line of a page that begins with this. */
function lineOf(code: SignalCode, start: string): string {
  const lines = pageOf(code)
    .split('\n')
    .filter((line) => line.startsWith(start));
  expect(lines).toHaveLength(1);
  return lines[0]?.slice(start.length) ?? '';
}

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)].sort();

/** The fields of "`a`, `b`: what they are; `c`: …". */
function fieldsIn(line: string): string[] {
  const heads = line.split('; ').map((part) => part.split(': ')[0] ?? '');
  return heads.flatMap((head) => [...head.matchAll(/`([^`]+)`/g)].map(([, field = '']) => field));
}

const score = (sum: readonly (readonly [SignalCode, Evidence])[]): string =>
  scoreSignals(sum.map(([code, evidence]) => ({ code, weight: weightOf(code, evidence), evidence }))).toFixed(
    2,
  );

describe.each(SIGNAL_CODES)('the page of %s', (code) => {
  it('lists the evidence that the detector gives', () => {
    const { fires, others = [] } = signalCases[code];
    const detect = detectors.find((one) => one.code === code)?.detect;
    const evidence = [fires, ...others].map((one) => detect?.(one) ?? {});
    expect(distinct(fieldsIn(lineOf(code, 'Evidence: ')))).toEqual(distinct(evidence.flatMap(Object.keys)));
  });

  it('states the weights that the score has', () => {
    const line = lineOf(code, 'Weight in log-odds: ');
    const stated = [...line.matchAll(/(?<![\w.])[+-]\d+(?:\.\d+)?/g)].map(Number);
    const weights = weightExamples[code].map((evidence) => weightOf(code, evidence));
    expect(distinct(stated)).toEqual(distinct(weights.filter((weight) => weight !== 0)));
    if (weights.includes(0)) expect(line).toMatch(/(?<![\d.])0(?![\d.])/);
  });

  it('states the scores that come of them', () => {
    const stated = [...pageOf(code).matchAll(/(?<![\d.])0\.\d\d(?!\d)/g)].map(([text]) => text);
    // What the page of PARENT_ESTABLISHED names is the bound itself.
    const own = (statedScores[code] ?? []).map(score);
    expect(distinct(stated.filter((text) => text !== '0.59'))).toEqual(distinct(own));
  });
});

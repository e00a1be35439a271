import { describe, expect, it } from 'vitest';
import { compareWith } from '../../../bench/perf/baseline.js';
import { type Budgets, judgeBudgets } from '../../../bench/perf/budgets.js';
import {
  figure,
  quantity,
  renderBudgets,
  renderChanges,
  renderResults,
  renderSkipped,
} from '../../../bench/perf/render.js';
import { renderDocument } from '../../../bench/perf/render-document.js';
import { measured, resultOf } from './results.js';

const TABLE: Budgets = {
  source: 'this test',
  referenceStartMs: 100,
  rows: [
    {
      id: 'A',
      operation: 'a made-up step',
      limits: [
        { measure: 'step', statistic: 'p99', unit: 'ms', budget: 10, goal: 5 },
        { measure: 'size', statistic: 'p50', unit: 'MB', budget: null, goal: 2 },
        { measure: 'none', statistic: 'p50', unit: '×', budget: 1, goal: null },
      ],
    },
  ],
};
const RESULTS = [
  resultOf('A', { step: measured([1, 2, 12.345]), size: measured([3], 'MB') }),
  { ...resultOf('B', {}), skipped: 'the files are not here' },
];

describe('figures', () => {
  it('have three digits and no exponent', () => {
    expect([0, 0.00012345, 0.5, 12.345, 123.45, 2_975.4].map(figure)).toEqual([
      '0',
      '0.000123',
      '0.5',
      '12.3',
      '123',
      '2,975',
    ]);
  });

  it('have their unit', () => {
    expect([quantity(2, 'ms'), quantity(2, '×'), quantity(2, 'exponent')]).toEqual(['2 ms', '2 ×', 'n^2']);
  });
});

describe('the tables', () => {
  it('say of each limit where it stands', () => {
    const lines = renderBudgets(judgeBudgets(TABLE, RESULTS, false), TABLE)
      .split('\n')
      .slice(2);
    expect(
      lines.map((line) =>
        line
          .split('|')
          .slice(4, 8)
          .map((cell) => cell.trim()),
      ),
    ).toEqual([
      ['12.3 ms', '10 ms', '5 ms', '**BREACHED**'],
      ['3 MB', '–', '2 MB', 'goal missed'],
      ['–', '1 ×', '–', 'not measured'],
    ]);
  });

  it('have a line for each measurement and each change', () => {
    expect(renderResults(RESULTS).split('\n')).toHaveLength(4);
    const slower = [resultOf('A', { step: measured([4]), size: measured([3], 'MB') })];
    const changes = renderChanges(compareWith(RESULTS, slower));
    expect(changes).toContain('**ALERT**');
    expect(changes.split('\n')).toHaveLength(4);
  });

  it('name what was left out, and why', () => {
    expect(renderSkipped(RESULTS)).toBe('B skipped: the files are not here');
  });
});

describe('the document', () => {
  const environment = {
    date: '2026-11-24',
    commit: 'f'.repeat(40),
    isChanged: true,
    node: 'v20.20.2',
    system: 'linux',
    cpu: 'a processor',
    cores: 2,
    memoryGb: 24,
  };
  const text = renderDocument({ environment, stages: RESULTS }, judgeBudgets(TABLE, RESULTS, false), TABLE);

  it('says where and of what it was measured', () => {
    expect(text).toContain(`commit ${'f'.repeat(40)} with changes that are not committed`);
    expect(text).toContain('Node v20.20.2, linux, a processor, 2 cores, 24 GB');
  });

  it('recommends first what breaches a budget, and names what was not measured', () => {
    const advice = text.slice(text.indexOf('## Recommendations'));
    expect(advice).toMatch(/\*\*Breached:\*\* A step P99: 12\.3 ms[\s\S]*A size P50: 3 MB/);
    expect(advice).toContain('- B: the files are not here');
    expect(text).toContain('Kept 0, goal missed 1, breached 1, not measured 1.');
  });
});

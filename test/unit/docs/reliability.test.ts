import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { type AttackRow, attackRows, type TestReport } from '../../../scripts/reliability/attack-rows.js';
import { compareRows, mergeRows } from '../../../scripts/reliability/compare-rows.js';
import { reliabilityPage } from '../../../scripts/reliability/page.js';

const ROW: AttackRow = { area: 'names', attack: 'an empty name', must: 'is refused', state: 'passed' };
const OTHER: AttackRow = { ...ROW, attack: 'a name of 215 characters' };

function report(
  file: string,
  ancestorTitles: readonly string[],
  title: string,
  status = 'passed',
): TestReport {
  return { testResults: [{ name: `/zq/${file}`, assertionResults: [{ ancestorTitles, title, status }] }] };
}

describe('the rows of the attack suite', () => {
  it('are the cases of test/hostile: area, attack and what must happen', () => {
    const run = report('test/hostile/names.test.ts', ['names'], 'an empty name: is refused');
    expect(attackRows(run)).toEqual([ROW]);
    expect(attackRows(report('test/unit/names.test.ts', ['names'], 'a: b'))).toEqual([]);
  });

  it('belong to the area that their file is named after where the describe says something else', () => {
    const run = report(
      'test/hostile/cache-disk.test.ts',
      ['the verdict is the same'],
      'on a full disk',
      'pending',
    );
    expect(attackRows(run)).toEqual([
      { area: 'cache', attack: 'on a full disk', must: 'the verdict is the same', state: 'skipped' },
    ]);
    expect(() => attackRows(report('test/hostile/odd.test.ts', ['odd'], 'a'))).toThrow(/none of names/);
  });
});

describe('a run of the suite', () => {
  it('that says the same has no objections, and may skip', () => {
    expect(compareRows([ROW], [ROW])).toEqual([]);
    expect(compareRows([ROW], [{ ...ROW, state: 'skipped' }])).toEqual([]);
  });

  it.each([
    ['a case that failed', [ROW], [{ ...ROW, state: 'failed' } as const], /^failed: names: an empty name/],
    [
      'a case that the page does not have',
      [ROW],
      [ROW, OTHER],
      /^not in docs\/reliability\.md: names: a name of/,
    ],
    ['a case that is gone', [ROW, OTHER], [ROW], /^not run: names: a name of/],
    ['two cases with one title', [ROW], [ROW, ROW], /^there twice/],
    ['nothing of the suite', [], [], /no case of test\/hostile/],
  ])('with %s has an objection', (_, recorded, run, expected) => {
    expect(compareRows(recorded, run)).toEqual([expect.stringMatching(expected)]);
  });

  it('takes over what an earlier one has shown of a case that it skips, and nothing else', () => {
    const failed = { ...OTHER, state: 'failed' } as const;
    expect(mergeRows([ROW, OTHER], [{ ...ROW, state: 'skipped' }, failed])).toEqual([ROW, failed]);
  });
});

describe('the page', () => {
  const nothing = { date: '2026-03-01', commit: '0', node: 'v20', results: [] };

  it('shows any title as text, in one row', () => {
    const wild =
      'a|b `c` <b>d</b> [e](https://host.example.test) *f* \u202e\u0000 \u001b[31m __g__ ![h](i) &amp; ~~j~~';
    const page = reliabilityPage({
      attacks: [{ ...ROW, attack: wild, must: 'line\nbreak' }],
      fuzzing: [],
      faults: nothing,
    });
    const html = new MarkdownIt({ html: true, linkify: true }).render(page.slice(page.indexOf('### Names')));
    const row = html.slice(html.indexOf('<tbody>'), html.indexOf('</tbody>'));
    expect(row.match(/<(?!\/?(?:tbody|tr|td)\b)[^>]*>/g)).toBeNull();
    const [first] = [...row.matchAll(/<td>(.*?)<\/td>/g)].map(([, cell]) => cell);
    expect(first).toContain('a|b `c` &lt;b&gt;d&lt;/b&gt; [e]');
    expect(first).toContain('U+202EU+0000 U+001B[31m __g__ ![h](i) &amp;amp; ~~j~~');
    expect(row).toContain('lineU+000Abreak');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Report, ReportedPackage } from '../../../../src/model/report.js';
import { codeOf, escapeMarkdown } from '../../../../src/report/markdown/escape-markdown.js';
import { MARKER, renderMarkdown } from '../../../../src/report/markdown/render-markdown.js';
import { EMPTY_REPORT } from '../../../support/empty-report.js';
import { reported } from '../../../support/reported.js';

const of = (packages: readonly ReportedPackage[], change: Partial<Report> = {}) =>
  renderMarkdown({
    ...EMPTY_REPORT,
    status: 'blocked',
    summary: { ...EMPTY_REPORT.summary, blocked: packages.length },
    packages,
    ...change,
  });

describe('the report as a comment', () => {
  it('is a headline and a line where nothing is wrong', () => {
    expect(renderMarkdown(EMPTY_REPORT)).toBe(
      [
        MARKER,
        '### Nothing blocked: 2 packages judged',
        '<sub>2 packages judged, 1 registry request; phantom-guard-install 1.2.3</sub>\n',
      ].join('\n\n'),
    );
  });

  it('says what was judged with --since', () => {
    const since = { ref: 'main', commit: '0123456789abcdef', unchanged: 70 };
    const text = renderMarkdown({ ...EMPTY_REPORT, since });
    expect(text).toContain('### Nothing blocked: 2 packages of what changed since <code>main</code> judged');
    expect(text).toContain('2 packages judged, 70 unchanged');
  });

  it('has a row for each package, the worst first', () => {
    const text = of([
      reported({ name: 'zq-a', alias: 'kit', version: null }),
      reported({
        name: '@zq/b',
        risk: 'not-found',
        signals: [
          { code: 'NO_REPOSITORY', weight: 1, evidence: {} },
          { code: 'NO_MAINTAINER', weight: 2, evidence: {} },
          { code: 'INSTALL_SCRIPT', weight: 0.5, evidence: {} },
        ],
        suggestions: [{ name: 'widget', why: 'one letter less' }],
      }),
    ]);
    expect(text.split('\n').filter((line) => line.startsWith('| **'))).toEqual([
      '| **blocked** (not-found) | <code>&#64;zq/b&#64;1.0.0</code> | has no maintainer (NO_MAINTAINER)<br>names no source repository (NO_REPOSITORY) | root → &#64;&#8203;zq/b&#64;&#8203;1.0.0 | <code>widget</code>: one letter less |',
      '| **blocked** (high-risk) | <code>zq-a</code> as <code>kit</code> |  | root → zq-a&#64;&#8203;1.0.0 |  |',
    ]);
    expect(text).toContain('### 2 packages blocked');
  });

  it.each([
    [
      '1 package to look at, none blocked',
      { status: 'allowed', summary: { ...EMPTY_REPORT.summary, suspicious: 1 } },
    ],
    ['No verdict on 3 packages', { status: 'undecided', summary: { ...EMPTY_REPORT.summary, unknown: 3 } }],
    ['No verdict', { status: 'undecided' }],
  ] as const)('begins with "%s"', (headline, change) => {
    expect(of([], change)).toContain(`### ${headline}\n`);
  });

  it('folds up what only some want to know, and tells an error', () => {
    const text = of([], {
      error: { code: 'CONFIG_INVALID', message: 'no | such', hint: 'look' },
      exceptions: [{ name: 'zq-x', version: '1', signals: ['ALIAS'], reason: 'seen', source: 'user' }],
      notices: ['a notice'],
      unchecked: [{ id: 'zq-y', reason: 'git' }],
    });
    expect(text).toContain('**CONFIG_INVALID**: no &#124; such  \nlook');
    for (const title of ['Exceptions (1)', 'Notes (1)', 'Not checked (1)'])
      expect(text).toContain(`<details><summary>${title}</summary>`);
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
  });

  it.each([300, 3_000])('fits into a comment, and says what it leaves out: %i packages', (number) => {
    const packages = Array.from({ length: number }, (_, index) =>
      reported({ name: `zq-${'x'.repeat(60)}-${index}` }),
    );
    const unchecked = packages.map(({ name }) => ({ id: name, reason: 'git' }));
    const text = of(packages, { unchecked });
    expect(text.length).toBeLessThan(65_536);
    expect(text).toMatch(/\n\n\d+ more are left out here: /);
    expect(text).toContain('| **blocked**');
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
  });
});

describe('foreign text in a comment', () => {
  it.each([
    ['<img src=x>', '&#60;img src=x&#62;'],
    ['a|b\nc', 'a&#124;b&#92;u&#123;a&#125;c'],
    ['@somebody', '&#64;&#8203;somebody'],
    ['[x](http://y)', '&#91;x&#93;(http&#58;&#8203;//y)'],
    ['www.example.com', 'www&#8203;.example.com'],
  ])('%j becomes %j', (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });

  it('makes no markup, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const shown of [escapeMarkdown(text), codeOf(text).slice('<code>'.length, -'</code>'.length)])
          expect(shown.replace(/&#\d+;/g, '')).not.toMatch(/[<>&@#|*_`[\]!\\~:\n\r$^{}]/);
      }),
    );
  });
});

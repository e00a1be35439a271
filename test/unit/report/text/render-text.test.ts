import { describe, expect, it } from 'vitest';
import type { ReportedPackage } from '../../../../src/model/report.js';
import { PLAIN_TEXT, renderText, type TextOptions } from '../../../../src/report/text/render-text.js';
import { reported } from '../../../support/reported.js';
import { CLEAN_REPORT } from '../../../support/sample-report.js';

const text = (
  packages: readonly ReportedPackage[],
  options: Partial<TextOptions> = {},
  report = CLEAN_REPORT,
) => renderText({ ...report, status: 'blocked', packages }, { ...PLAIN_TEXT, ...options });

const signal = (code: ReportedPackage['signals'][number]['code'], weight: number, evidence = {}) => ({
  code,
  weight,
  evidence,
});

describe('the report for a person', () => {
  it('is one line where nothing is wrong', () => {
    expect(renderText(CLEAN_REPORT, PLAIN_TEXT)).toBe(
      'allowed: 0 packages judged in 4 ms (0 registry requests)\n',
    );
    const stats = {
      corpus: 2_430,
      cacheHits: 9,
      registryRequests: 1,
      integrityCompared: 1,
      elapsedMs: 1_234,
    };
    const summary = { ...CLEAN_REPORT.summary, packages: 2_440, safe: 2_440 };
    expect(renderText({ ...CLEAN_REPORT, stats, summary }, PLAIN_TEXT)).toBe(
      'allowed: 2,440 packages judged in 1.2 s (2,430 by the names of 2026-03-01, 9 names from the cache, 1 registry request, 1 integrity compared)\n',
    );
  });

  it('tells the worst first', () => {
    const shown = text([
      reported({ name: 'zq-a', risk: 'suspicious', action: 'warn' }),
      reported({ name: 'zq-b', risk: 'unknown' }),
      reported({ name: 'zq-c', risk: 'safe', action: 'allow' }),
      reported({ name: 'zq-d' }),
      reported({ name: 'zq-e', risk: 'not-found' }),
    ]);
    expect(shown.match(/^\w+ {2}zq-\w/gm)).toEqual([
      'BLOCKED  zq-e',
      'BLOCKED  zq-d',
      'BLOCKED  zq-b',
      'WARNING  zq-a',
      'ok  zq-c',
    ]);
  });

  it('tells the three facts that weigh most, what is imitated among them, and counts the others', () => {
    const signals = [
      signal('POPULAR_PACKAGE', -2, { weeklyDownloads: 5 }),
      signal('TYPOSQUAT', 0.5, { imitated: 'widget', technique: 'omission' }),
      signal('INSTALL_SCRIPT', 1),
      signal('NO_REPOSITORY', 2),
      signal('NO_MAINTAINER', 3),
    ];
    const shown = text([reported({ signals })]);
    expect(shown.match(/\([A-Z_]+\)/g)).toEqual(['(NO_MAINTAINER)', '(NO_REPOSITORY)', '(TYPOSQUAT)']);
    expect(shown).toContain('    and 2 more signals (--verbose lists them)\n');
    const all = text([reported({ signals })], { verbose: true });
    expect(all.match(/\([A-Z_]+\)/g)).toHaveLength(5);
    expect(all).not.toContain('more signals');
  });

  it('says what to do, in the words of the manager', () => {
    const suggestions = [{ name: 'widget', why: 'one letter less' }];
    const shown = text([reported({ name: 'zq-widgett', suggestions })], { manager: 'pnpm' });
    expect(shown).toContain(
      [
        '    did you mean widget? one letter less',
        '    instead: pnpm remove zq-widgett && pnpm add widget',
        '    if you know it and trust it: phantom-guard-install accept zq-widgett@1.0.0 --reason "why"',
      ].join('\n'),
    );
    expect(text([reported({ direct: false })])).toContain('    who asks: npm explain zq-invented\n');
    expect(text([reported({ direct: false })], { inProject: false })).not.toContain('who asks');
  });

  it('gives a block to twenty packages and a line to each of the others', () => {
    const many = Array.from({ length: 300 }, (_, index) => reported({ name: `zq-${index + 100}` }));
    const shown = text(many);
    expect(shown.match(/^BLOCKED/gm)).toHaveLength(300);
    expect(shown.match(/asked for by/g)).toHaveLength(20);
    expect(text(many, { verbose: true }).match(/asked for by/g)).toHaveLength(300);
  });

  it('puts entries of one package into one block', () => {
    const places = ['a', 'b', 'c', 'd', 'e'].map((parent) =>
      reported({ requestedBy: [['root', parent, 'zq-invented@1.0.0']] }),
    );
    const shown = text(places);
    expect(shown.match(/^BLOCKED/gm)).toHaveLength(1);
    expect(shown).toContain('    and by 2 more\n');
  });

  it('lets no foreign text touch the terminal', () => {
    const foreign = 'x\u001b[31m\n\u202e';
    const shown = text([
      reported({
        name: foreign,
        version: foreign,
        alias: foreign,
        requestedBy: [[foreign]],
        suggestions: [{ name: foreign, why: foreign }],
        signals: [signal('DEPRECATED', 1, { notice: foreign })],
      }),
    ]);
    expect(shown).not.toContain('\u001b');
    expect(shown).not.toContain('\u202e');
    expect(shown).not.toMatch(/^ *x/m);
  });
});

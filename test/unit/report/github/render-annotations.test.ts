import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Report, ReportedPackage } from '../../../../src/model/report.js';
import { renderAnnotations } from '../../../../src/report/github/render-annotations.js';
import { withoutCommands } from '../../../../src/report/github/without-commands.js';
import { EMPTY_REPORT } from '../../../support/empty-report.js';
import { reported } from '../../../support/reported.js';

const COMMAND = /^::(error|warning|notice)(?: ((?:[a-z]+=[^:,]*)(?:,[a-z]+=[^:,]*)*))?::.*$/;

function linesOf(change: Partial<Report>, located: readonly ReportedPackage[] = []): readonly string[] {
  const locations = new Map(located.map((one) => [one, { file: 'package-lock.json', line: 7 }]));
  const text = renderAnnotations({ ...EMPTY_REPORT, ...change }, locations);
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

const many = (count: number, change: Partial<ReportedPackage>) =>
  Array.from({ length: count }, (_, index) => reported({ name: `zq-invented-${index}`, ...change }));

describe('annotations of GitHub Actions', () => {
  it('are none where nothing is wrong', () => {
    expect(linesOf({})).toEqual([]);
  });

  it('are errors on the line of the lockfile for what is blocked, and warnings for what is suspicious', () => {
    const blocked = reported({ name: 'zq-blocked' });
    const odd = reported({ name: 'zq-odd', action: 'warn', risk: 'suspicious' });
    const lines = linesOf({ packages: [odd, blocked] }, [blocked, odd]);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^::error file=package-lock.json,line=7,title=blocked%3A zq-blocked@1.0.0::/);
    expect(lines[1]).toMatch(/^::warning file=package-lock.json,line=7,title=suspicious%3A zq-odd@1.0.0::/);
  });

  it('call a package on which there is no verdict by that', () => {
    const [line] = linesOf({ packages: [reported({ risk: 'unknown' })] });
    expect(line).toContain('title=no verdict%3A');
  });

  it('are an error for a run that decided nothing', () => {
    const error = { code: 'LOCKFILE_UNREADABLE', message: 'one\nline', hint: 'make one' } as const;
    expect(linesOf({ status: 'undecided', error })).toEqual([
      '::error title=LOCKFILE_UNREADABLE::one\\u{a}line%0Amake one',
    ]);
  });

  it('are as many of a kind as GitHub shows, and one says how many more there are', () => {
    const packages = [...many(12, {}), ...many(11, { action: 'warn', risk: 'suspicious' })];
    const lines = linesOf({ packages });
    expect(lines.filter((line) => line.startsWith('::error'))).toHaveLength(10);
    expect(lines.filter((line) => line.startsWith('::warning'))).toHaveLength(10);
    expect(lines.filter((line) => line.startsWith('::notice')).map((line) => line.slice(10, 16))).toEqual([
      '2 more',
      '1 more',
    ]);
  });

  it('are one command a line, whatever foreign text says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (name, why) => {
        const one = reported({ name, requestedBy: [[name]], suggestions: [{ name: why, why: name }] });
        const lines = linesOf({ packages: [one] }, [one]);
        expect(lines).toHaveLength(1);
        expect(lines[0]).toMatch(COMMAND);
      }),
    );
  });
});

describe('the log of GitHub Actions', () => {
  it('gets no command out of foreign text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('::', '##[', 'error', ']', ' ', '\n', '\t', ':', '#', '[')),
        (parts) => {
          const log = withoutCommands(parts.join(''));
          expect(log).not.toMatch(/^\s*::/m);
          expect(log).not.toContain('##[');
        },
      ),
    );
  });
});

import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../../../src/model/report.js';
import { renderHtml } from '../../../../src/report/html/render-html.js';
import { elementsOf, type PageElement } from '../../../support/page-elements.js';
import { reported } from '../../../support/reported.js';
import {
  CLEAN_REPORT,
  NOT_FOUND,
  reportOf,
  sampleFindings,
  sampleSafe,
} from '../../../support/sample-report.js';

const IN_PROJECT = { manager: 'pnpm', inProject: true } as const;

function pageOf(report: Report) {
  const elements = elementsOf(renderHtml(report, IN_PROJECT));
  const all = (tag: string, key?: string, value?: string): readonly PageElement[] =>
    elements.filter((one) => one.tag === tag && (key === undefined || one.attributes[key] === value));
  return {
    elements,
    all,
    text: (tag: string, key?: string, value?: string) => all(tag, key, value)[0]?.text,
  };
}

describe('the report as a page', () => {
  it.each([
    ['Allowed', 'There was nothing to judge.', CLEAN_REPORT],
    ['Allowed', 'Nothing speaks against the package.', reportOf([], 1)],
    ['Allowed', 'Nothing speaks against the 2,440 packages.', reportOf([], 2_440)],
    [
      'Allowed',
      'None of 3 packages is blocked; 1 to look at.',
      reportOf([reported({ risk: 'suspicious', action: 'warn' })], 2),
    ],
    ['Blocked', '1 of 2,440 packages must not be installed.', reportOf([NOT_FOUND], 2_439)],
    [
      'Undecided',
      '1 of 3 packages could not be judged, so nothing is installed.',
      reportOf([reported({ risk: 'unknown' })], 2),
    ],
    [
      'Undecided',
      'Nothing could be decided, so nothing is installed.',
      { ...CLEAN_REPORT, status: 'undecided' },
    ],
  ] as const)('begins with "%s: %s"', (status, meaning, report) => {
    const page = pageOf(report);
    expect(page.text('h1')).toBe(status);
    expect(page.text('p', 'class', 'meaning')).toBe(meaning);
    expect(page.text('title')).toBe(`${status}: ${meaning}`);
  });

  it('says by what and in what time, and what was left out', () => {
    const since = { ref: 'main', commit: '0123456789abcdef', unchanged: 1 };
    const page = pageOf({ ...reportOf([NOT_FOUND], 1_000), since });
    expect(page.text('p', 'class', 'how')).toBe(
      '1,001 packages judged in 1.2 s: 1,000 by the names of 2026-03-01, 38 names from the cache, 1 registry request, 12 integrities compared',
    );
    expect(page.text('header')).toContain('Only what changed since main (0123456): 1 entry is as before.');
    expect(page.text('section', 'id', 'packages')).toContain('Safe packages are left out');
  });

  it('has no table where there is nothing to list', () => {
    for (const report of [CLEAN_REPORT, reportOf([], 5)]) expect(pageOf(report).all('table')).toEqual([]);
  });

  it('tells the error with its hint, notices, exceptions and what was not checked', () => {
    const page = pageOf({
      ...CLEAN_REPORT,
      error: { code: 'CONFIG_INVALID', message: 'no such key', hint: 'look' },
      notices: ['a notice'],
      exceptions: [
        { name: 'zq-x', version: '1', signals: ['ALIAS', 'NO_MAINTAINER'], reason: 'seen', source: 'user' },
      ],
      unchecked: [{ id: 'zq-y', reason: 'a link' }],
    });
    expect(page.text('section', 'class', 'box error')).toMatch(/CONFIG_INVALID no such key.*look/s);
    expect(page.text('section', 'class', 'box notice')).toContain('a notice');
    expect(page.text('section', 'id', 'exceptions')).toContain(
      'zq-x@1 is accepted by the user despite ALIAS, NO_MAINTAINER: seen',
    );
    expect(page.text('section', 'id', 'unchecked')).toContain('zq-y a link');
    expect(page.all('details')).toEqual([]);
  });

  it('folds up a long list of what was not checked', () => {
    const unchecked = Array.from({ length: 21 }, (_, index) => ({ id: `zq-${index}`, reason: 'a link' }));
    const page = pageOf({ ...CLEAN_REPORT, unchecked });
    expect(page.text('summary')).toBe('Show all 21');
    expect(page.text('details')).toContain('zq-20 a link');
  });

  it('lists packages the worst first', () => {
    const page = pageOf(reportOf(sampleFindings(10)));
    const risks = page.all('tbody').map(({ attributes }) => attributes['data-risk']);
    expect(risks).toEqual([
      ...['not-found', 'not-found', 'high-risk', 'high-risk', 'unknown', 'unknown'],
      ...['suspicious', 'suspicious', 'suspicious', 'suspicious'],
    ]);
  });

  it('tells of a package what was found, what to do, and who asks', () => {
    const page = pageOf(
      reportOf([
        reported({
          name: 'zq-expresss',
          alias: 'kit',
          signals: [
            { code: 'LOW_DOWNLOADS', weight: 0.9, evidence: { weeklyDownloads: 12 } },
            { code: 'OWN_REPOSITORY', weight: -1, evidence: { repository: null } },
            { code: 'ALIAS', weight: 0, evidence: { alias: 'kit' } },
          ],
          suggestions: [{ name: 'express', why: 'one letter less' }],
        }),
      ]),
    );
    const details = page.text('tr', 'class', 'more') ?? '';
    expect(page.all('li', 'class', 'raises')[0]?.text).toContain('+0.90, raises the risk');
    expect(page.all('li', 'class', 'lowers')[0]?.text).toMatch(
      /−1\.00, lowers the risk.*repository: unknown/s,
    );
    expect(page.all('li', 'class', 'nothing')[0]?.text).toContain('0.00, does not count');
    expect(page.all('a').map(({ attributes }) => attributes['href'])).toEqual(
      ['OWN_REPOSITORY', 'LOW_DOWNLOADS', 'ALIAS'].map((code) =>
        expect.stringMatching(`/docs/signals/${code}.md$`),
      ),
    );
    expect(details).toContain('Did you mean express? One letter less');
    expect(details).toContain('pnpm remove kit && pnpm add express');
    expect(details).toContain('phantom-guard-install accept zq-expresss@1.0.0 --reason "why"');
    expect(details).toMatch(/Decided by.*the registry.*Comes from.*a registry.*Installed as.*kit/s);
    expect(page.all('svg', 'role', 'img')[0]?.attributes['aria-label']).toBe(
      '1 dependency path: root > zq-expresss@1.0.0',
    );
    expect(page.text('ol')).toBe('root → zq-expresss@1.0.0');
  });

  it('calls what nobody could judge undecided, and gives it no score', () => {
    const page = pageOf(reportOf([reported({ risk: 'unknown', score: 0, requestedBy: [] })]));
    expect(page.text('td', 'class', 'verdict')).toBe('Undecided Unknown');
    expect(page.text('td', 'class', 'score')).toBe('–');
    expect(page.text('tr', 'class', 'more')).toMatch(
      /it could not be judged.*Nothing in the tree asks for it/s,
    );
  });

  it('lists safe packages without pictures', () => {
    const page = pageOf(reportOf(sampleSafe(3)));
    expect(page.all('tbody')).toHaveLength(3);
    expect(page.all('svg', 'role', 'img')).toEqual([]);
    expect(page.all('ol')[0]?.text).toBe('root → zq-above-0@1.0.0 → zq-safe-0@1.0.0');
  });

  it('has no two parts of one id, and labels only parts that are there', () => {
    const page = pageOf({ ...reportOf(sampleFindings(30)), unchecked: [{ id: 'zq-y', reason: 'a link' }] });
    const ids = page.elements.flatMap(({ attributes }) => attributes['id'] ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const links = page.all('a').flatMap(({ attributes }) => attributes['href']?.match(/^#(.*)/)?.[1] ?? []);
    const opened = page.elements.flatMap(({ attributes }) => attributes['data-opens'] ?? []);
    const named = [...links, ...opened];
    expect(named).toHaveLength(32);
    expect(named.filter((id) => !ids.includes(id))).toEqual([]);
  });
});

describe('the page asks nobody for anything', () => {
  const page = pageOf(reportOf(sampleFindings(30)));

  it('by a policy that allows its own style and script alone', () => {
    const hash = (tag: string) =>
      `'sha256-${createHash('sha256')
        .update(page.text(tag) ?? '')
        .digest('base64')}'`;
    expect(page.all('meta', 'http-equiv', 'Content-Security-Policy')[0]?.attributes['content']).toBe(
      `default-src 'none'; style-src ${hash('style')}; script-src ${hash('script')}; base-uri 'none'; form-action 'none'`,
    );
  });

  it('and has nothing in it that would', () => {
    const names = ['src', 'srcset', 'style', 'action', 'background', 'poster', 'xlink:href', 'ping'];
    const asking = page.elements.filter(
      ({ tag, attributes }) =>
        ['link', 'img', 'iframe', 'object', 'embed', 'base', 'image', 'use'].includes(tag) ||
        names.some((name) => name in attributes) ||
        Object.keys(attributes).some((name) => name.startsWith('on')),
    );
    expect(asking).toEqual([]);
    expect(page.text('style')).not.toMatch(/url\(|@import|@font-face|image-set/);
  });
});

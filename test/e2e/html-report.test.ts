import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.js';
import { renderHtml } from '../../src/report/html/render-html.js';
import { noBrowser, startBrowser } from '../support/browser.js';
import { startFakeRegistry } from '../support/fake-registry.js';
import { packageLock, writeProject } from '../support/projects.js';
import { runCli } from '../support/run-cli.js';
import { CLEAN_REPORT, NOT_FOUND, reportOf, sampleFindings, sampleSafe } from '../support/sample-report.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const MANY: Report = {
  ...reportOf(sampleFindings(300), 2_140),
  error: { code: 'REGISTRY_UNAVAILABLE', message: 'no answer', hint: 'run it again' },
  notices: ['a notice'],
  exceptions: [{ name: 'zq-x', version: '1', signals: ['ALIAS'], reason: 'seen', source: 'user' }],
  unchecked: [{ id: 'zq-y', reason: 'a link' }],
};

describe.skipIf(noBrowser !== null)(
  `the page in a browser${noBrowser === null ? '' : ` (${noBrowser})`}`,
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await startBrowser();
    });
    afterAll(() => browser?.close());

    /** Opens a page from a file, as a user does; all that it asks for beside itself is in `requests`, all that it complains of in `complaints`. */
    async function open(content: string, options: BrowserContextOptions = {}) {
      const file = path.join(writeProject({ 'report.html': content }), 'report.html');
      const context = await browser.newContext(options);
      const page = await context.newPage();
      const requests: string[] = [];
      const complaints: string[] = [];
      page.on('request', (request) => requests.push(request.url()));
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(String(error)));
      const url = pathToFileURL(file).href;
      await page.goto(url);
      return { page, requests: () => requests.filter((asked) => asked !== url), complaints };
    }

    const openReport = (report: Report, options: BrowserContextOptions = {}) =>
      open(renderHtml(report, { manager: 'npm', inProject: true }), options);

    /** What axe-core says of the page as it is. */
    async function judgeAccess(page: Page) {
      await page.evaluate(AXE);
      const { violations, passes } = await page.evaluate<AxeResults>('axe.run()');
      return {
        violations: violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
        passed: passes.map(({ id }) => id),
      };
    }

    const shownRows = (page: Page) => page.locator('tbody:visible');
    const names = (page: Page) => page.locator('tbody:visible .spec').allInnerTexts();

    it('filters by text and by risk, and says how many are left', async () => {
      const { page } = await openReport(MANY);
      expect(await page.locator('#shown').innerText()).toBe('300 packages shown');
      await page.getByLabel('Filter by text').fill('EXPRESS invented-11@');
      expect(await names(page)).toEqual(['zq-invented-11@1.1.0']);
      expect(await page.getByRole('status').first().innerText()).toBe('1 of 300 packages shown');
      await page.getByLabel('Filter by text').fill('zq-nowhere');
      expect(await shownRows(page).count()).toBe(0);
      expect(await page.locator('#no-match').isVisible()).toBe(true);
      await page.getByLabel('Filter by text').fill('');
      for (const risk of ['Not found', 'High risk', 'Suspicious']) await page.getByLabel(risk).uncheck();
      expect(await shownRows(page).count()).toBe(60);
      expect(await page.locator('tbody:visible:not([data-risk=unknown])').count()).toBe(0);
    });

    it('sorts by a column and back, and says so to screen readers', async () => {
      const { page } = await openReport(reportOf(sampleFindings(12)));
      const heading = (name: string) => page.getByRole('columnheader', { name });
      const sorted = () => page.locator('th[aria-sort]').allInnerTexts();
      const before = await names(page);
      expect(await heading('Verdict').getAttribute('aria-sort')).toBe('descending');
      await heading('Package').getByRole('button').click();
      const byName = await names(page);
      expect(byName).not.toEqual(before);
      expect(byName.indexOf('zq-invented-9@1.9.0')).toBeLessThan(byName.indexOf('zq-invented-11@1.1.0'));
      expect(await heading('Package').getAttribute('aria-sort')).toBe('ascending');
      expect(await sorted()).toEqual(['Package']);
      await heading('Package').getByRole('button').click();
      expect(await names(page)).toEqual(byName.toReversed());
      expect(await heading('Package').getAttribute('aria-sort')).toBe('descending');
      await heading('Verdict').getByRole('button').click();
      expect(await names(page)).toEqual(before);
      await heading('Score').getByRole('button').click();
      const scores = await page.locator('td.score').allInnerTexts();
      expect(scores.map((text) => text.trim())).toEqual([
        '–',
        '–',
        '–',
        '0.93',
        '0.93',
        '0.93',
        '0.42',
        '0.42',
        '0.35',
        '0.35',
        '–',
        '–',
      ]);
    });

    it('can be worked with the keyboard alone', async () => {
      const { page } = await openReport(reportOf(sampleFindings(12)));
      const focused = () => page.evaluate<string>('document.activeElement.textContent.trim()');
      const tabTo = async (text: string) => {
        for (let presses = 0; presses < 60; presses++) {
          await page.keyboard.press('Tab');
          if ((await focused()) === text) return;
        }
        throw new Error(`${text} can't be reached`);
      };
      await tabTo('Package');
      await page.keyboard.press('Enter');
      expect(await page.locator('th.package').first().getAttribute('aria-sort')).toBe('ascending');
      await tabTo('zq-invented-1@1.1.0');
      const button = page.getByRole('button', { name: 'zq-invented-1@1.1.0', exact: true });
      const details = page.locator(`#${await button.getAttribute('aria-controls')}`);
      expect([await button.getAttribute('aria-expanded'), await details.isVisible()]).toEqual([
        'false',
        false,
      ]);
      await page.keyboard.press('Space');
      expect([await button.getAttribute('aria-expanded'), await details.isVisible()]).toEqual(['true', true]);
      expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
      await page.keyboard.press('Enter');
      expect([await button.getAttribute('aria-expanded'), await details.isVisible()]).toEqual([
        'false',
        false,
      ]);
    });

    it('opens few findings at once, and all of many by a button', async () => {
      const one = await openReport(reportOf([NOT_FOUND], 9));
      expect(await one.page.locator('.more:visible').count()).toBe(1);
      const { page } = await openReport(reportOf(sampleFindings(12)));
      expect(await page.locator('.more:visible').count()).toBe(0);
      await page.getByRole('button', { name: 'Open all' }).click();
      expect(await page.locator('.more:visible').count()).toBe(12);
      await page.getByRole('button', { name: 'Close all' }).click();
      expect(await page.locator('.more:visible').count()).toBe(0);
    });

    it('copies a command', async () => {
      const { page } = await openReport(reportOf([NOT_FOUND]), {
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      await page.getByRole('button', { name: 'Copy' }).click();
      await page.getByRole('button', { name: 'Copied' }).waitFor();
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe('npm explain zq-jscodeshift-react');
    });

    it('shows all of it without JavaScript, and nothing that would need it', async () => {
      const { page } = await openReport(reportOf(sampleFindings(12)), { javaScriptEnabled: false });
      expect(await page.locator('.more:visible').count()).toBe(12);
      expect(await page.locator('#controls').isVisible()).toBe(false);
      expect(await page.locator('button:visible').count()).toBe(0);
    });

    it('shows what is wrong on paper, too', async () => {
      const { page } = await openReport(reportOf([...sampleFindings(12), ...sampleSafe(3)]));
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('.more:visible').count()).toBe(12);
      expect(await page.locator('#controls').isVisible()).toBe(false);
    });

    it('is a table to screen readers on narrow screens, too, and does not scroll sideways', async () => {
      const { page } = await openReport(reportOf(sampleFindings(30)), {
        viewport: { width: 400, height: 800 },
      });
      await page.locator('.opens').first().click();
      expect(await page.getByRole('row').count()).toBe(32);
      expect(await page.getByRole('rowheader').count()).toBe(30);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(400);
      expect((await judgeAccess(page)).violations).toEqual([]);
    });

    it.each([
      ['nothing', CLEAN_REPORT],
      ['one finding', reportOf([NOT_FOUND], 2_439)],
      ['300 findings', MANY],
    ])('asks nobody for anything and complains of nothing: %s', async (_, report) => {
      const { page, requests, complaints } = await openReport(report);
      for (const button of await page.locator('#open-all').all()) await button.click();
      expect([requests(), complaints]).toEqual([[], []]);
    });

    it('would not be let by its policy, either', async () => {
      const registry = await startFakeRegistry();
      const { page } = await openReport(reportOf([NOT_FOUND]));
      await page.evaluate(`
      globalThis.refused = [];
      document.addEventListener('securitypolicyviolation', (event) => refused.push(event.effectiveDirective));
      document.body.insertAdjacentHTML('beforeend', '<img src="${registry.url}x" onload="y"><p style="color:red">');
      fetch('${registry.url}y').catch(() => refused.push('fetch failed'));
    `);
      const refused = () => page.evaluate<readonly string[]>('[...new Set(refused)].toSorted()');
      await expect
        .poll(refused)
        .toEqual(['connect-src', 'fetch failed', 'img-src', 'script-src-attr', 'style-src-attr']);
      expect(registry.requests).toEqual([]);
      await registry.close();
    });

    describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
      it('has its own', async () => {
        const { page } = await openReport(reportOf([NOT_FOUND]), { colorScheme });
        const page_ = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
        const [red = 0] = (page_.match(/\d+/g) ?? []).map(Number);
        expect(red > 128).toBe(colorScheme === 'light');
      });

      it.each([
        ['nothing', CLEAN_REPORT],
        ['an error', { ...CLEAN_REPORT, status: 'undecided', error: MANY.error } as const],
        ['safe packages', reportOf(sampleSafe(3))],
        ['one finding', reportOf([NOT_FOUND], 2_439)],
        ['all kinds of findings', { ...MANY, packages: sampleFindings(12) }],
      ])('breaks no rule of accessibility that a program can check: %s', async (_, report) => {
        const { page } = await openReport(report, { colorScheme });
        for (const button of await page.locator('#open-all').all())
          if ((await button.innerText()) === 'Open all') await button.click();
        for (const list of await page.locator('.as-text').all()) await list.locator('summary').click();
        await page.evaluate(AXE);
        const { violations, passes } = await page.evaluate<AxeResults>('axe.run()');
        expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
        expect(passes.map(({ id }) => id)).toContain('color-contrast');
      });
    });

    it('is what the command line writes', async () => {
      const registry = await startFakeRegistry({ absent: ['zq-express-guard-kit'] });
      const locked = { 'node_modules/zq-express-guard-kit': { version: '1.0.0', integrity: 'sha512-AAAA' } };
      const project = writeProject({ 'package-lock.json': packageLock(locked), 'package.json': {} });
      const file = path.join(project, 'report.html');
      const from = ['--registry', registry.url, '--downloads-url', 'none', '--no-cache'];
      const run = await runCli(['check', '--format', 'html', '--output', file, ...from], { cwd: project });
      await registry.close();
      expect([run.status, run.stdout, run.stderr]).toEqual([1, '', '']);
      const { page } = await open(readFileSync(file, 'utf8'));
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Blocked');
      await page.getByLabel('Filter by text').fill('guard-kit');
      expect(await names(page)).toEqual(['zq-express-guard-kit@1.0.0']);
    });
  },
);

describe('a page with all packages of a large tree', () => {
  it('stays below two kilobytes for each of them', () => {
    const page = renderHtml(reportOf(sampleSafe(2_440)), { manager: 'npm', inProject: true });
    expect(page.length).toBeLessThan(2_440 * 2_000);
    expect(page).toContain('zq-safe-2439');
  });
});

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noBrowser, startBrowser } from '../../support/browser.js';
import { buildPlugin, verdaccios } from '../../support/verdaccio.js';
import { ESTABLISHED, type GatewayWorld, HEALTHY, LISTED, SQUAT, startWorld } from './support.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const { programs, skipped } = verdaccios();
for (const reason of [...skipped, ...(noBrowser === null ? [] : [noBrowser])]) it.skip(reason);

const plugins = programs.length === 0 ? '' : buildPlugin();
const PLACE = '-/phantom-guard/';
const USER = { username: 'zq-user', password: 'zq-password' };
const HOSTILE = '"><img src=x onerror=alert(1)>';

describe.skipIf(noBrowser !== null).each(programs)(
  'the page of the gateway in Verdaccio $version',
  (program) => {
    let browser: Browser;
    let world: GatewayWorld;
    beforeAll(async () => {
      browser = await startBrowser();
      world = await startWorld(program, plugins);
      const token = await world.verdaccio.addUser(USER.username, USER.password);
      await world.get(SQUAT, { authorization: `Bearer ${token}` });
      await world.get(`${LISTED}/-/${LISTED}-1.2.0.tgz`);
      await world.get(HEALTHY);
    });
    afterAll(async () => {
      await browser?.close();
      await world?.close();
    });

    /** Opens the page as somebody who has logged in. */
    async function open(query = '', options: BrowserContextOptions = {}) {
      const context = await browser.newContext({ httpCredentials: USER, ...options });
      const page = await context.newPage();
      const complaints: string[] = [];
      const requests: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('request', (request) => requests.push(request.url()));
      await page.goto(`${world.verdaccio.url}${PLACE}${query}`);
      return { page, complaints, requests };
    }

    /** axe-core by way of the debugger: the page's own policy lets no script in. */
    async function violationsOf(page: Page) {
      await page.evaluate(AXE);
      const { violations, passes } = await page.evaluate<AxeResults>('axe.run()');
      expect(passes.map(({ id }) => id)).toContain('color-contrast');
      return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
    }

    it.each([
      ['nobody', {}],
      ['a wrong password', { authorization: `Basic ${Buffer.from('zq-user:no').toString('base64')}` }],
      ['a wrong token', { authorization: 'Bearer no' }],
    ])('asks for a login: %s', async (_, headers) => {
      for (const place of [PLACE, PLACE.slice(0, -1)]) {
        const answer = await world.get(place, headers as Record<string, string>);
        expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([
          401,
          expect.stringMatching(/^Basic /),
        ]);
        expect(answer.body).not.toContain(SQUAT);
      }
    });

    it('shows the last decisions, who asked, and why', async () => {
      const { page, complaints, requests } = await open();
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('The gateway works');
      const rows = await page.locator('tbody tr').allInnerTexts();
      expect(rows).toHaveLength(2);
      expect(rows[0]).toMatch(
        /zq-listed@1\.2\.0[\s\S]*Blocked[\s\S]*KNOWN_MALICIOUS[\s\S]*nobody who is logged in/,
      );
      expect(rows[1]).toMatch(/zq-express-guard-kit[\s\S]*Blocked[\s\S]*RECENTLY_CREATED[\s\S]*zq-user/);
      expect(complaints).toEqual([]);
      expect(requests.filter((asked) => !asked.includes(PLACE) && !asked.endsWith('/favicon.ico'))).toEqual(
        [],
      );
    });

    it('finds a name, explains it, and has the exception ready, without JavaScript', async () => {
      const { page } = await open('', { javaScriptEnabled: false });
      await page.getByLabel('Name of a package').fill(SQUAT);
      await page.getByRole('button', { name: 'Search' }).click();
      expect(page.url()).toContain(`?name=${SQUAT}`);
      expect(await page.locator('tbody tr').count()).toBe(1);
      const text = await page.locator('#explanation').innerText();
      expect(text).toMatch(/High risk, score 0\.\d\d/);
      expect(text).toContain('Did you mean express?');
      const proposed = JSON.parse(await page.locator('pre').innerText()) as Record<string, unknown>;
      expect(proposed).toMatchObject({
        name: SQUAT,
        version: '1.0.0',
        signals: expect.arrayContaining(['RECENTLY_CREATED', 'INSTALL_SCRIPT']),
      });
      world.configure({ feeds: ['bad.csv'], exceptions: [{ ...proposed, reason: 'looked at by the team' }] });
      await expect.poll(async () => (await world.get(SQUAT)).status, { timeout: 10_000 }).toBe(200);
      const after = await open(`?name=${SQUAT}`);
      expect(await after.page.locator('#explanation').innerText()).toContain('looked at by the team');
      world.configure({ feeds: ['bad.csv'] });
      await expect.poll(async () => (await world.get(SQUAT)).status, { timeout: 10_000 }).toBe(403);
    });

    it.each([
      ['a healthy package', HEALTHY, 'Allowed: all its versions'],
      ['one of which a feed lists a version', LISTED, 'Blocked: 1.2.0'],
      ['an established package', 'react', 'established package'],
      ['one of which nobody has asked', 'zq-nobody-asked', 'Nobody has asked for it lately'],
      ['markup', HOSTILE, HOSTILE],
    ])('tells of %s', async (_, name, said) => {
      const { page, complaints } = await open(`?name=${encodeURIComponent(name)}`);
      const text = await page.locator('#explanation').innerText();
      expect(text.toLowerCase()).toContain(said.toLowerCase());
      expect(await page.locator('img').count()).toBe(0);
      expect(complaints).toEqual([]);
    });

    it.each(['light', 'dark'] as const)(
      'breaks no rule of accessibility that a program can check: %s',
      async (colorScheme) => {
        for (const query of ['', `?name=${SQUAT}`, `?name=${LISTED}`, `?name=${ESTABLISHED}`]) {
          const { page } = await open(query, { colorScheme, bypassCSP: true });
          expect([query, await violationsOf(page)]).toEqual([query, []]);
        }
        const { page } = await open('', {
          colorScheme,
          bypassCSP: true,
          viewport: { width: 400, height: 800 },
        });
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(400);
        expect(await violationsOf(page)).toEqual([]);
      },
    );

    it('has a policy that lets nothing in, and can be framed by nobody', async () => {
      const basic = Buffer.from(`${USER.username}:${USER.password}`).toString('base64');
      const { headers } = await world.get(PLACE, { authorization: `Basic ${basic}` });
      expect(headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'sha256-\S+'; .*frame-ancestors 'none'$/,
      );
      expect([headers.get('x-frame-options'), headers.get('cache-control')]).toEqual(['DENY', 'no-store']);
    });
  },
);

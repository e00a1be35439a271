import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.js';
import { packument } from '../support/fake-registry.js';
import { runCli } from '../support/run-cli.js';
import { testCertificates } from '../support/tls-certificates.js';
import { closeRawServers, type RawAnswer, reply, startRawServer } from './raw-server.js';
import { NO_ANSWERS } from './registry-attacks.js';
import { BOMBS } from './registry-bombs.js';
import { NOT_FOUND, ODDITIES } from './registry-oddities.js';
import {
  type Checked,
  type CheckOptions,
  checkAt,
  GOOD,
  NAME,
  projectAt,
  SQUAT,
  verdictOf,
  WORDS,
} from './registry-world.js';

/** Far above what any case needs, and far below what an attacker would like. */
const BOUND_MS = 10_000;
/** Of the whole process; Node alone has 60 MB. */
const BOUND_MEMORY_MB = 450;
const TOKEN = 'zq-canary-of-the-registry';

afterEach(closeRawServers);

const titled = <T extends { readonly attack: string }>(rows: readonly T[]): [string, T][] =>
  rows.map((row) => [row.attack, row]);

const odd = ODDITIES.map(
  (row) => [row.attack, row.must ?? 'judged as without it, neither safer nor worse', row] as const,
);

function expectUnknown({ status, report }: Checked, says: RegExp): void {
  expect(report.packages).toMatchObject([{ name: NAME, risk: 'unknown', action: 'block' }]);
  expect([status, report.status, report.error?.code]).toEqual([2, 'undecided', 'REGISTRY_UNAVAILABLE']);
  expect(report.unchecked.map(({ reason }) => reason).join('\n')).toMatch(says);
}

async function checkWith(answer: RawAnswer, options: CheckOptions = {}): Promise<Checked> {
  const registry = await startRawServer(answer);
  return await checkAt(registry.url, options);
}

describe('registry', () => {
  it.each(titled(NO_ANSWERS))(
    '%s: the package is unknown, never safe',
    async (_, { answer, says, timeoutMs = 20_000 }) => {
      const begun = performance.now();
      expectUnknown(await checkWith(answer, { timeoutMs }), says);
      expect(performance.now() - begun).toBeLessThan(BOUND_MS);
    },
  );
});

describe('registry', () => {
  it('the documents without any attack: the old package is safe, that of yesterday is refused', async () => {
    const good = await checkWith(reply(200, JSON.stringify(GOOD)));
    const squat = await checkWith(reply(200, JSON.stringify(SQUAT)));
    expect([good.status, good.report.packages[0]?.risk]).toEqual([0, 'safe']);
    expect([squat.status, squat.report.packages[0]?.risk]).toEqual([1, 'high-risk']);
  });

  it.each(odd)(
    '%s: %s',
    async (_, __, { answer = (text) => reply(200, text), text = JSON.stringify, like = (same) => same }) => {
      for (const document of [GOOD, SQUAT]) {
        const odd = await checkWith(answer(text(document)));
        const plain = await checkWith(reply(200, JSON.stringify(like(document))));
        expect(verdictOf(odd)).toEqual(verdictOf(plain));
        expect(odd.report.packages[0]?.risk).not.toBe('unknown');
      }
      expect({}).not.toHaveProperty('polluted');
    },
  );

  it.each(titled(NOT_FOUND))('%s: the name is not found, and blocked', async (_, { answer }) => {
    const { status, report } = await checkWith(answer(JSON.stringify(GOOD)));
    expect([status, report.status]).toEqual([1, 'blocked']);
    expect(report.packages).toMatchObject([{ name: NAME, risk: 'not-found', action: 'block' }]);
  });

  it('status 451: the package is high-risk, and blocked, whatever comes with it', async () => {
    const { status, report } = await checkWith(reply(451, JSON.stringify(GOOD)));
    expect(status).toBe(1);
    expect(report.packages).toMatchObject([{ risk: 'high-risk', action: 'block' }]);
    expect(report.packages[0]?.signals.map(({ code }) => code)).toContain('SECURITY_HOLD');
  });
});

describe('registry', () => {
  /** A registry with a token of the user, which sends on to another host. */
  async function redirecting(code: number, answer: RawAnswer) {
    const other = await startRawServer(answer);
    const registry = await startRawServer((socket, head) =>
      reply(code, '', { location: `${other.url}${NAME}`, 'www-authenticate': 'Bearer' })(socket, head),
    );
    const npmrc = [
      `//127.0.0.1:${registry.port}/:_authToken=${TOKEN}`,
      `//127.0.0.1:${registry.port}/:_auth=${Buffer.from(`user:${TOKEN}`).toString('base64')}`,
    ];
    const checked = await checkAt(registry.url, { npmrc });
    return { registry, other, checked };
  }

  it.each([301, 302, 303, 307, 308])(
    'a redirect (%i) to another host: the token stays, and that host is believed about a package only',
    async (code) => {
      const { registry, other, checked } = await redirecting(code, reply(200, JSON.stringify(SQUAT)));
      expect(registry.heads.join('\n')).toContain(`authorization: Bearer ${TOKEN}`);
      expect(other.heads).toHaveLength(1);
      expect(other.heads.join('\n')).not.toMatch(/authorization|zq-canary/i);
      expect(checked.report.packages).toMatchObject([{ risk: 'high-risk', action: 'block' }]);
      expect(JSON.stringify(checked)).not.toContain(TOKEN);
    },
  );

  it('a redirect to another host, which does not know the name: unknown, for it was asked without the token', async () => {
    const { checked } = await redirecting(302, reply(404, '{}'));
    expectUnknown(checked, /redirects to where its credentials may not be sent/);
  });

  it('a redirect with a user and a password in it: they are sent to nobody', async () => {
    const other = await startRawServer(reply(200, JSON.stringify(GOOD)));
    const registry = await startRawServer(
      reply(302, '', { location: `http://user:${TOKEN}@127.0.0.1:${other.port}/${NAME}` }),
    );
    expect((await checkAt(registry.url)).status).toBe(0);
    expect(other.heads.join('\n')).not.toMatch(/authorization|zq-canary/i);
  });

  it('a redirect from https to http, with a token: not followed, and the package is unknown', async () => {
    const other = await startRawServer(reply(200, JSON.stringify(GOOD)));
    const registry = await startRawServer(reply(302, '', { location: `${other.url}${NAME}` }), { tls: true });
    const npmrc = [`ca="${testCertificates().ca.trim().replaceAll('\n', '\\n')}"`];
    const token = `//127.0.0.1:${registry.port}/:_authToken=${TOKEN}`;
    const checked = await checkAt(registry.url, { npmrc: [...npmrc, token] });
    expectUnknown(checked, /redirects a request with credentials from https to http/);
    expect(other.heads).toEqual([]);
  });

  it('a redirect from https to http, without a token: followed, as npm follows it, and judged by what is there', async () => {
    const other = await startRawServer(reply(200, JSON.stringify(SQUAT)));
    const registry = await startRawServer(reply(302, '', { location: `${other.url}${NAME}` }), { tls: true });
    const { report } = await checkAt(registry.url, { npmrc: ['strict-ssl=false'] });
    expect(report.packages).toMatchObject([{ risk: 'high-risk', action: 'block' }]);
  });

  it('cookies: none is kept or sent back', async () => {
    const answer: RawAnswer = (socket, head) => {
      const name = /^GET \/(\S+)/.exec(head)?.[1] ?? '';
      reply(200, JSON.stringify(packument({ name })), { 'set-cookie': `id=${TOKEN}; Path=/` })(socket, head);
    };
    const registry = await startRawServer(answer);
    const names = ['zq-kelp-a', 'zq-kelp-b', 'zq-kelp-c'];
    expect((await checkAt(registry.url, { names, words: ['--concurrency', '1'] })).status).toBe(0);
    expect(registry.heads).toHaveLength(3);
    expect(registry.heads.join('\n')).not.toMatch(/cookie|zq-canary/i);
  });

  it('a registry that answers one name and hangs on the next: each keeps its own answer', async () => {
    const registry = await startRawServer((socket, head) => {
      const name = /^GET \/(\S+)/.exec(head)?.[1] ?? '';
      if (name !== 'zq-kelp-b') reply(200, JSON.stringify(packument({ name })))(socket, head);
    });
    const { status, report } = await checkAt(registry.url, {
      names: ['zq-kelp-a', 'zq-kelp-b', 'zq-kelp-c'],
      timeoutMs: 5_000,
    });
    expect(status).toBe(2);
    expect(report.packages.map(({ risk }) => risk)).toEqual(['safe', 'unknown', 'safe']);
  });
});

describe('registry', () => {
  /** The whole command line, and the most memory that its process had. */
  async function checkMeasured(url: string, options: CheckOptions = {}) {
    const folder = mkdtempSync(path.join(tmpdir(), 'phantom-guard-memory-'));
    const probe = path.join(folder, 'probe.mjs');
    const written = path.join(folder, 'memory');
    writeFileSync(
      probe,
      `import { writeFileSync } from 'node:fs';
process.on('exit', () => writeFileSync(${JSON.stringify(written)}, String(process.resourceUsage().maxRSS)));`,
    );
    const begun = performance.now();
    const run = await runCli([...WORDS, '--no-cache', '--workers', '0'], {
      cwd: projectAt(url, { timeoutMs: 20_000, ...options }),
      env: { NODE_OPTIONS: `--import=${probe}` },
    });
    const elapsedMs = performance.now() - begun;
    return {
      checked: { status: run.status ?? -1, report: run.report(), stderr: run.stderr },
      elapsedMs,
      memoryMb: Number(readFileSync(written, 'utf8')) / 1024,
    };
  }

  it.each(titled(BOMBS))('%s: unknown, within bounds of time and memory', async (_, { make, says }) => {
    const registry = await startRawServer(make());
    const { checked, elapsedMs, memoryMb } = await checkMeasured(registry.url);
    expectUnknown(checked, says);
    expect(memoryMb).toBeLessThan(BOUND_MEMORY_MB);
    expect(elapsedMs).toBeLessThan(BOUND_MS);
  });

  it('twelve bombs at once: they do not add up', async () => {
    const bomb = BOMBS.find(({ attack }) => attack.includes('gigabyte in'));
    const registry = await startRawServer(bomb?.make() ?? (() => undefined));
    const names = Array.from({ length: 12 }, (_, index) => `zq-kelp-${index}`);
    const { checked, memoryMb } = await checkMeasured(registry.url, { names });
    expect(checked.report.summary).toMatchObject({ packages: 12, unknown: 12 });
    expect(memoryMb).toBeLessThan(BOUND_MEMORY_MB);
  });

  it('a hundred thousand versions in one document: judged, within bounds of time and memory', async () => {
    const versions = Array.from({ length: 100_000 }, (_, index) => `1.${index}.0`);
    const firstMs = Date.UTC(2016, 0, 1);
    const many = {
      ...GOOD,
      versions: Object.fromEntries(versions.map((version) => [version, { name: NAME, version, dist: {} }])),
      time: {
        created: new Date(firstMs).toISOString(),
        ...Object.fromEntries(
          versions.map((version, index) => [version, new Date(firstMs + index * 60_000).toISOString()]),
        ),
      },
    };
    const registry = await startRawServer(reply(200, JSON.stringify(many)));
    const { checked, elapsedMs, memoryMb } = await checkMeasured(registry.url);
    const { report }: { report: Report } = checked;
    expect(report.packages).toMatchObject([{ name: NAME, decidedBy: 'registry' }]);
    expect(report.summary.unknown).toBe(0);
    expect(memoryMb).toBeLessThan(2 * BOUND_MEMORY_MB);
    expect(elapsedMs).toBeLessThan(BOUND_MS);
  });
});

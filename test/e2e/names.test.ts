import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type FakeRegistry, packument, startFakeRegistry } from '../support/fake-registry.js';
import { EVAL_LOCKFILES, hasEvalData, packageLock, writeProject } from '../support/projects.js';
import { CLI, runCli } from '../support/run-cli.js';

let registry: FakeRegistry | null = null;
afterEach(async () => {
  registry?.verify();
  await registry?.close();
  registry = null;
});

function cacheDir(): string {
  return mkdtempSync(path.join(tmpdir(), 'phantom-guard-cache-'));
}

const OFFLINE = ['--offline', '--format', 'json'];

describe('the bundled names', () => {
  it('decide about established names without a registry', async () => {
    const { status, report } = await runCli([
      'validate',
      'express',
      '@types/node',
      'JSONStream',
      ...OFFLINE,
      '--all',
    ]);
    expect(status).toBe(0);
    expect(report()).toMatchObject({
      status: 'allowed',
      tool: { dataDate: '2026-03-01' },
      stats: { corpus: 3, registryRequests: 0 },
    });
    expect(report().packages.map(({ decidedBy }) => decidedBy)).toEqual(['corpus', 'corpus', 'corpus']);
  });

  it('are not used with --no-data', async () => {
    const { status, report } = await runCli(['validate', 'express', '--no-data', ...OFFLINE]);
    expect(status).toBe(2);
    expect(report()).toMatchObject({ stats: { corpus: 0 }, summary: { unknown: 1 } });
  });

  it.each([
    ['axois', 'axios'],
    ['loadsh', 'lodash'],
    ['crossenv', 'cross-env'],
  ])(
    'warn about the used typo %s with the name that was meant, offline, and do not block it',
    async (typo, meant) => {
      const { status, report } = await runCli(['validate', typo, ...OFFLINE]);
      expect(status).toBe(0);
      expect(report().packages).toMatchObject([
        { name: typo, risk: 'suspicious', action: 'warn', decidedBy: 'corpus' },
      ]);
      expect(report().packages[0]?.suggestions[0]?.name).toBe(meant);
    },
  );

  it('do not warn about the same name where only an established package asks for it', async () => {
    const project = writeProject({
      'package-lock.json': packageLock({
        'node_modules/express': { version: '4.0.0', dependencies: { loadsh: '*' } },
        'node_modules/express/node_modules/loadsh': { version: '1.0.0' },
      }),
      'package.json': { name: 'p', dependencies: { express: '*' } },
    });
    const { status, report } = await runCli(['check', project, ...OFFLINE]);
    expect(status).toBe(0);
    expect(report().packages).toEqual([]);
  });

  it('warn about a core module, and say that there is nothing to install', async () => {
    const { report } = await runCli(['validate', 'fs', ...OFFLINE]);
    expect(report().packages).toMatchObject([
      { risk: 'suspicious', signals: [{ code: 'CORE_MODULE' }], suggestions: [{ name: 'node:fs' }] },
    ]);
  });

  it('suggest what was meant also when nobody could be asked', async () => {
    const { status, report } = await runCli(['validate', 'jscodeshift-react', ...OFFLINE]);
    expect(status).toBe(2);
    expect(report().packages).toMatchObject([
      { risk: 'unknown', suggestions: [{ name: 'jscodeshift' }, { name: 'react' }] },
    ]);
  });

  it('add to what the registry says: a fresh name that nobody used at their date is blocked', async () => {
    const created = new Date(Date.now() - 5 * 86_400_000).toISOString();
    const name = 'jscodeshift-react-phantom';
    registry = await startFakeRegistry({
      packages: { [name]: packument({ name, created, versions: { '1.0.0': created } }) },
    });
    const flags = [
      '--registry',
      registry.url,
      '--downloads-url',
      'none',
      '--cache-dir',
      cacheDir(),
      '--format',
      'json',
    ];
    const { status, report } = await runCli(['validate', name, ...flags]);
    expect(status).toBe(1);
    expect(report().packages[0]?.signals.map(({ code }) => code)).toContain('NOT_IN_SNAPSHOT');
  });

  it('say nothing about names in a scope with a registry of its own', async () => {
    registry = await startFakeRegistry({ packages: { '@types/node': packument({ name: '@types/node' }) } });
    const project = writeProject({
      'package.json': { name: 'p', dependencies: { '@types/node': '*' } },
      '.npmrc': `@types:registry=${registry.url}\n`,
    });
    const flags = ['--downloads-url', 'none', '--cache-dir', cacheDir(), '--format', 'json', '--all'];
    const { report } = await runCli(['check', project, ...flags]);
    expect(report().packages).toMatchObject([{ name: '@types/node', decidedBy: 'registry' }]);
  });
});

describe('explain', () => {
  it('asks the registry about an established name too', async () => {
    registry = await startFakeRegistry({ packages: { express: packument({ name: 'express' }) } });
    const flags = ['--registry', registry.url, '--downloads-url', 'none', '--cache-dir', cacheDir()];
    const { stdout } = await runCli(['explain', 'express', ...flags]);
    expect(stdout).toContain('established');
    expect(stdout).toContain('createdAt');
  });
});

describe('scan', () => {
  const NAMES = ['axois', 'express', 'no name at all', '', 'react-codeshift'];

  it.each([0, 2])('streams a line for each name in order, with %i workers', async (workers) => {
    const file = path.join(cacheDir(), 'names.txt');
    writeFileSync(file, NAMES.join('\n'));
    const { status, stdout } = await runCli(['scan', '--names', file, '--workers', String(workers)]);
    expect(status).toBe(0);
    const records = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(records.map(({ name }) => name)).toEqual([
      'axois',
      'express',
      'no name at all',
      'react-codeshift',
    ]);
    expect(records[0].suggestions[0].name).toBe('axios');
    expect(records[2].valid).toBe(false);
  });

  it('reads stdin, and gives the same with and without workers', () => {
    const input = Array.from({ length: 3_000 }, (_, index) => `widget-${index}-express`).join('\n');
    const [inThread, inPool] = ['0', '2'].map(
      (workers) =>
        spawnSync(process.execPath, [CLI, 'scan', '--names', '-', '--workers', workers], {
          input,
          encoding: 'utf8',
          maxBuffer: 1 << 28,
        }).stdout,
    );
    expect(inThread?.split('\n')).toHaveLength(3_001);
    expect(inPool).toBe(inThread);
  });

  it('of a file that is not there ends with 2', async () => {
    expect((await runCli(['scan', '--names', '/nowhere/at/all'])).status).toBe(2);
    expect((await runCli(['scan'])).status).toBe(2);
  });
});

describe.skipIf(!hasEvalData)(
  'the real trees of ../shared/eval, offline (skipped where it is absent)',
  () => {
    it.each([
      ['small', 0],
      ['medium', 0.05],
      ['monorepo', 0.05],
      ['xl', 0.05],
    ])('%s is known to the bundled names but for a small part', async (tree, most) => {
      const file = path.join(EVAL_LOCKFILES, tree, 'package-lock.json');
      const { report } = await runCli(['check', file, ...OFFLINE, '--all', '--cache-dir', cacheDir()]);
      const { summary, stats, packages } = report();
      expect(1 - stats.corpus / summary.packages).toBeLessThanOrEqual(most);
      expect(packages.filter(({ risk }) => risk !== 'safe' && risk !== 'unknown')).toEqual([]);
    });
  },
);

import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type FakeRegistry,
  type FakeRegistryOptions,
  packument,
  startFakeRegistry,
} from '../support/fake-registry.js';
import { packageLock, writeProject } from '../support/projects.js';
import { runCli } from '../support/run-cli.js';

const HEALTHY = ['widget-base', 'widget-kit'];
const LOCKED = {
  'node_modules/widget-kit': {
    version: '1.0.0',
    integrity: 'sha512-AAAA',
    dependencies: { 'widget-base': '^2.0.0' },
  },
  'node_modules/widget-base': { version: '2.0.0', integrity: 'sha512-AAAA' },
};
const MANIFEST = {
  name: 'project',
  version: '1.0.0',
  dependencies: { 'widget-kit': '*', 'widget-base': '*' },
};

let registry: FakeRegistry | null = null;
afterEach(async () => {
  registry?.verify();
  await registry?.close();
  registry = null;
});

async function startRegistry(options: FakeRegistryOptions = {}): Promise<FakeRegistry> {
  const packages = Object.fromEntries(HEALTHY.map((name) => [name, packument({ name })]));
  registry = await startFakeRegistry({ packages, ...options });
  return registry;
}

function flags(
  { url }: FakeRegistry,
  cacheDir = mkdtempSync(path.join(tmpdir(), 'phantom-guard-cache-')),
): string[] {
  return [
    '--registry',
    url,
    '--downloads-url',
    'none',
    '--no-data',
    '--cache-dir',
    cacheDir,
    '--format',
    'json',
  ];
}

describe('check of a healthy project', () => {
  const project = writeProject({ 'package.json': MANIFEST, 'package-lock.json': packageLock(LOCKED) });

  it('allows it, and asks no registry the second time', async () => {
    const args = ['check', project, ...flags(await startRegistry())];
    const home = { env: { HOME: writeProject({}) } };
    const first = await runCli(args, home);
    expect(first.status).toBe(0);
    expect(first.stderr).toBe('');
    expect(first.report()).toMatchObject({
      schemaVersion: 1,
      status: 'allowed',
      error: null,
      summary: { packages: 2, safe: 2, blocked: 0 },
      packages: [],
      unchecked: [],
      stats: { cacheHits: 0, registryRequests: 2 },
    });
    const second = await runCli(args, home);
    expect(second.report()).toMatchObject({
      status: 'allowed',
      stats: { cacheHits: 2, registryRequests: 0 },
    });
  });

  it('lists safe packages with --all, sorted, with who asks for them', async () => {
    const { report } = await runCli(['check', ...flags(await startRegistry()), '--all'], { cwd: project });
    expect(report().packages).toMatchObject([
      {
        name: 'widget-base',
        version: '2.0.0',
        alias: null,
        source: 'registry',
        risk: 'safe',
        action: 'allow',
        direct: true,
        requestedBy: [
          ['root', 'widget-base@2.0.0'],
          ['root', 'widget-kit@1.0.0', 'widget-base@2.0.0'],
        ],
        suggestions: [],
        decidedBy: 'registry',
      },
      { name: 'widget-kit', version: '1.0.0' },
    ]);
  });

  it('keeps nothing and reads nothing with --no-cache', async () => {
    const args = ['check', project, ...flags(await startRegistry()), '--no-cache'];
    await runCli(args);
    expect((await runCli(args)).report().stats.registryRequests).toBe(2);
  });

  it('is undecided offline as long as nothing is known, and asks nobody', async () => {
    const { url } = await startRegistry({ packages: {} });
    const { status, report } = await runCli([
      'check',
      project,
      ...flags({ url } as FakeRegistry),
      '--offline',
    ]);
    expect(status).toBe(2);
    expect(report()).toMatchObject({
      status: 'undecided',
      error: { code: 'REGISTRY_UNAVAILABLE' },
      summary: { unknown: 2, blocked: 0, safe: 0 },
    });
    expect(report().unchecked).toHaveLength(2);
  });

  it('writes the report to --output, and nothing to stdout', async () => {
    const output = path.join(project, 'report.json');
    const { stdout } = await runCli(['check', project, ...flags(await startRegistry()), '--output', output]);
    expect(stdout).toBe('');
    const { default: report } = await import(output, { with: { type: 'json' } });
    expect(report.status).toBe('allowed');
  });
});

describe('check of a project with an invented name', () => {
  const invented = {
    ...LOCKED,
    'node_modules/widget-kit-helper': { version: '1.0.0', integrity: 'sha512-AAAA' },
  };
  const manifest = { ...MANIFEST, dependencies: { ...MANIFEST.dependencies, 'widget-kit-helper': '*' } };

  it('blocks it, and says why and who asks for it', async () => {
    const project = writeProject({ 'package.json': manifest, 'package-lock.json': packageLock(invented) });
    const { status, report } = await runCli([
      'check',
      project,
      ...flags(await startRegistry({ absent: ['widget-kit-helper'] })),
    ]);
    expect(status).toBe(1);
    expect(report()).toMatchObject({
      status: 'blocked',
      summary: { packages: 3, safe: 2, notFound: 1, blocked: 1 },
      packages: [
        {
          name: 'widget-kit-helper',
          risk: 'not-found',
          action: 'block',
          requestedBy: [['root', 'widget-kit-helper@1.0.0']],
          signals: [{ code: 'NOT_FOUND' }],
        },
      ],
    });
  });

  it('says the same to a person', async () => {
    const project = writeProject({ 'package.json': manifest, 'package-lock.json': packageLock(invented) });
    const running = await startRegistry({ absent: ['widget-kit-helper'] });
    const { status, stdout } = await runCli(['check', project, ...flags(running), '--format', 'text']);
    expect(status).toBe(1);
    expect(stdout).toMatch(/BLOCKED\s+widget-kit-helper@1\.0\.0\s+not-found/);
    expect(stdout).toContain('root > widget-kit-helper@1.0.0');
    expect(stdout).toContain('NOT_FOUND');
  });

  it('finds it in package.json before the lockfile has it', async () => {
    const project = writeProject({ 'package.json': manifest, 'package-lock.json': packageLock(LOCKED) });
    const { status, report } = await runCli([
      'check',
      project,
      ...flags(await startRegistry({ absent: ['widget-kit-helper'] })),
    ]);
    expect(status).toBe(1);
    expect(report().packages).toMatchObject([
      { name: 'widget-kit-helper', version: null, direct: true, risk: 'not-found' },
    ]);
  });

  it('finds it in a package.json that has no lockfile', async () => {
    const project = writeProject({ 'package.json': manifest });
    const { status } = await runCli([
      'check',
      project,
      ...flags(await startRegistry({ absent: ['widget-kit-helper'] })),
    ]);
    expect(status).toBe(1);
  });

  it('blocks with 1 also when another package could not be judged', async () => {
    const project = writeProject({ 'package.json': manifest, 'package-lock.json': packageLock(invented) });
    const running = await startRegistry({
      absent: ['widget-kit-helper'],
      faults: { 'widget-kit': [{ kind: 'status', status: 403 }] },
    });
    const { status, report } = await runCli(['check', project, ...flags(running)]);
    expect(status).toBe(1);
    expect(report()).toMatchObject({ status: 'blocked', summary: { unknown: 1, notFound: 1, blocked: 1 } });
  });
});

describe('check of a project with a fresh squat', () => {
  const DAY_MS = 86_400_000;
  const created = new Date(Date.now() - 3 * DAY_MS).toISOString();
  const squat = packument({
    name: 'widget-base',
    created,
    versions: { '1.0.0': created, '2.0.0': created },
    repository: null,
  });
  const project = writeProject({ 'package.json': MANIFEST, 'package-lock.json': packageLock(LOCKED) });

  it('blocks it by its age, releases, repository and downloads', async () => {
    const running = await startRegistry({
      packages: { 'widget-kit': packument({ name: 'widget-kit' }), 'widget-base': squat },
      downloads: { 'widget-base': 40, 'widget-kit': 90_000 },
    });
    const { status, report } = await runCli([
      'check',
      project,
      ...flags(running),
      '--downloads-url',
      running.downloadsUrl,
    ]);
    expect(status).toBe(1);
    const [reported] = report().packages;
    expect(reported).toMatchObject({ name: 'widget-base', risk: 'high-risk', action: 'block' });
    expect(reported?.signals.map(({ code }) => code)).toEqual([
      'RECENTLY_CREATED',
      'FEW_RELEASES',
      'LOW_DOWNLOADS',
      'NO_REPOSITORY',
    ]);
  });
});

describe('a registry that does not answer', () => {
  const project = writeProject({ 'package.json': MANIFEST, 'package-lock.json': packageLock(LOCKED) });

  it.each([
    ['refuses access', [{ kind: 'status', status: 401 }]],
    ['serves a page', [{ kind: 'html' }]],
    ['hangs', [{ kind: 'hang', times: 'always' }]],
  ] as const)('and %s makes the run undecided', async (_, faults) => {
    const running = await startRegistry({ faults: { 'widget-kit': faults } });
    const { status, report } = await runCli(['check', project, ...flags(running), '--timeout-ms', '1500']);
    expect(status).toBe(2);
    expect(report()).toMatchObject({
      status: 'undecided',
      summary: { safe: 1, unknown: 1 },
      packages: [{ name: 'widget-kit', risk: 'unknown' }],
    });
    expect(report().unchecked).toMatchObject([{ id: 'node_modules/widget-kit' }]);
  });
});

describe('--format markdown', () => {
  it('is a comment on stdout, and in the file of --output', async () => {
    const absent = 'express-jsonwebtoken-guard';
    const from = await startRegistry({ packages: {}, absent: [absent] });
    const dir = writeProject({
      'package.json': { name: 'project', version: '1.0.0', dependencies: { [absent]: '1.0.0' } },
      'package-lock.json': packageLock({
        [`node_modules/${absent}`]: { version: '1.0.0', integrity: 'sha512-AAAA' },
      }),
    });
    const args = ['check', dir, ...flags(from), '--format', 'markdown'];
    const { status, stdout } = await runCli(args);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^<!-- phantom-guard-install -->\n\n### 1 package blocked\n\n\| \| package \|/);
    const file = path.join(dir, 'report.md');
    expect(await runCli([...args, '--output', file])).toMatchObject({ status: 1, stdout: '' });
    // The second run finds everything in the cache.
    const written = readFileSync(file, 'utf8').replace('0 registry requests', '1 registry request');
    expect(written).toBe(stdout);
  });
});

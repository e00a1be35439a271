import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/main.js';
import { startProgress } from '../../../src/cli/progress.js';
import type { Report } from '../../../src/model/report.js';
import { type FakeIoOptions, fakeIo } from '../../support/fake-io.js';
import {
  type FakeRegistry,
  type FakeRegistryOptions,
  packument,
  startFakeRegistry,
} from '../../support/fake-registry.js';
import { packageLock, writeProject } from '../../support/projects.js';

const PROJECT = {
  'package.json': { name: 'project', version: '1.0.0', dependencies: { 'widget-kit': '*' } },
  'package-lock.json': packageLock({
    'node_modules/widget-kit': {
      version: '1.0.0',
      dependencies: { inner: '*' },
      bundleDependencies: ['inner'],
    },
    'node_modules/widget-kit/node_modules/inner': { version: '1.0.0', inBundle: true },
  }),
};

let registry: FakeRegistry | null = null;
afterEach(async () => {
  registry?.verify();
  await registry?.close();
  registry = null;
});

function temporary(): string {
  return mkdtempSync(path.join(tmpdir(), 'phantom-guard-test-'));
}

async function run(
  args: readonly string[],
  options: FakeIoOptions = {},
  served: FakeRegistryOptions | null = null,
) {
  registry = served === null ? null : await startFakeRegistry(served);
  const where =
    registry === null ? [] : ['--registry', registry.url, '--downloads-url', registry.downloadsUrl];
  const fake = fakeIo(options);
  const { status } = await main([...args, ...where, '--no-data', '--cache-dir', temporary()], fake.io);
  return { status, stdout: fake.stdout(), stderr: fake.stderr() };
}

const KIT: FakeRegistryOptions = {
  packages: { 'widget-kit': packument({ name: 'widget-kit' }) },
  downloads: { 'widget-kit': 9_000 },
};

describe('a run of the program', () => {
  it('tells a person about a good project in one line, and what was not judged', async () => {
    const { status, stdout } = await run(['check', writeProject(PROJECT)], {}, KIT);
    expect(status).toBe(0);
    expect(stdout).toContain('Not checked\n    node_modules/widget-kit/node_modules/inner');
    expect(stdout).toMatch(/\nallowed: 2 packages judged in [\d.]+ m?s \(1 registry request\)\n$/);
  });

  it('says nothing about a good project with --quiet', async () => {
    expect(await run(['check', '--quiet'], { cwd: writeProject(PROJECT) }, KIT)).toEqual({
      status: 0,
      stdout: '',
      stderr: '',
    });
  });

  it('uses colour on a terminal, and not when the report goes to a file', async () => {
    const project = writeProject(PROJECT);
    const coloured = await run(['check', project], { isTTY: true, env: { FORCE_COLOR: '1' } }, KIT);
    await registry?.close();
    const output = path.join(temporary(), 'report.txt');
    await run(['check', project, '--output', output], { isTTY: true, env: { FORCE_COLOR: '1' } }, KIT);
    expect(readFileSync(output, 'utf8')).not.toContain('\u001b');
    expect(coloured.status).toBe(0);
  });

  it('warns about what is suspicious, and blocks it with --fail-on suspicious', async () => {
    const created = new Date(Date.now() - 20 * 86_400_000).toISOString();
    const young = packument({ name: 'widget-kit', created, versions: { '1.0.0': created } });
    const served = { packages: { 'widget-kit': young }, downloads: { 'widget-kit': 100 } };
    const warned = await run(['validate', 'widget-kit'], {}, served);
    expect(warned.status).toBe(0);
    expect(warned.stdout).toMatch(/WARNING\s+widget-kit\s+suspicious/);
    await registry?.close();
    expect((await run(['validate', 'widget-kit', '--fail-on', 'suspicious'], {}, served)).status).toBe(1);
  });

  it.each([
    ['', 0],
    ['false', 0],
    ['0', 0],
    ['FALSE', 0],
    ['true', 2],
    ['1', 2],
    ['drone', 2],
  ])('takes CI=%s at its word', async (ci, expected) => {
    const config = { onUnavailable: { interactive: 'warn', ci: 'block' } };
    const cwd = writeProject({ ...PROJECT, 'phantom-guard.config.json': config });
    expect((await run(['check', '--offline'], { cwd, env: { CI: ci } })).status).toBe(expected);
  });

  it('finds in feeds what is bundled and what comes from a URL', async () => {
    const url = 'https://host.invalid/remote-kit-1.0.0.tgz';
    const dependencies = { 'widget-kit': '*', 'remote-kit': url };
    const packages = {
      '': { name: 'project', dependencies },
      'node_modules/widget-kit': {
        version: '1.0.0',
        dependencies: { inner: '*' },
        bundleDependencies: ['inner'],
      },
      'node_modules/widget-kit/node_modules/inner': { version: '1.0.0', inBundle: true },
      'node_modules/remote-kit': { version: '1.0.0', resolved: url },
    };
    const cwd = writeProject({
      'package.json': { name: 'project', dependencies },
      'package-lock.json': { name: 'project', lockfileVersion: 3, packages },
      'phantom-guard.config.json': { feeds: ['bad.json'] },
      'bad.json': { inner: ['1.0.0'], 'remote-kit': [], 'other-kit': [] },
    });
    const { status, stdout } = await run(['check', '--format', 'json'], { cwd }, KIT);
    expect(status).toBe(1);
    const blocked = (JSON.parse(stdout) as Report).packages.filter(({ action }) => action === 'block');
    expect(blocked.map(({ name, source }) => [name, source])).toEqual([
      ['inner', 'bundled'],
      ['remote-kit', 'remote'],
    ]);
  });

  it('is undecided when it is interrupted', async () => {
    const interrupted = AbortSignal.abort();
    const { status, stdout } = await run(
      ['validate', 'widget-kit', '--format', 'json'],
      { signal: interrupted },
      {},
    );
    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'undecided', summary: { unknown: 1 } });
  });

  it('goes on without a cache that it cannot write, and says so once', async () => {
    const file = path.join(temporary(), 'a-file');
    writeFileSync(file, '');
    registry = await startFakeRegistry(KIT);
    const fake = fakeIo();
    const flags = [
      '--registry',
      registry.url,
      '--downloads-url',
      registry.downloadsUrl,
      '--cache-dir',
      path.join(file, 'cache'),
    ];
    expect((await main(['validate', 'widget-kit', ...flags], fake.io)).status).toBe(0);
    expect(fake.stderr().match(/leads through a file/g)).toHaveLength(1);
  });

  it('calls a report that cannot be written undecided', async () => {
    const { status, stderr } = await run(['validate', 'widget-kit', '--output', '/nowhere/at/all'], {}, KIT);
    expect(status).toBe(2);
    expect(stderr).toContain('OUTPUT_UNWRITABLE');
  });

  it('explains to a person with colour where it can', async () => {
    const { stdout } = await run(['explain', 'widget-kit'], { isTTY: true, env: { FORCE_COLOR: '1' } }, KIT);
    expect(stdout).toContain('weeklyDownloads');
  });

  it('explains what no registry serves', async () => {
    const { status, stdout } = await run(['explain', 'github:someone/widget-kit']);
    expect(status).toBe(0);
    expect(stdout).toContain('not asked');
  });

  it.each(['stats', 'verify', 'clear', 'path'])('has "cache %s" for an empty cache', async (action) => {
    expect((await run(['cache', action])).status).toBe(0);
  });

  it('has help and a version', async () => {
    expect((await run(['--help'])).stdout).toContain('Exit status');
    expect((await run(['--version'])).status).toBe(0);
  });
});

describe('progress', () => {
  it('is one line on a terminal that goes away', async () => {
    const fake = fakeIo({ isTTY: true });
    const progress = startProgress(fake.io, false);
    progress.report(1, 3);
    await delay(900);
    progress.report(2, 3);
    progress.end();
    expect(fake.stderr()).toContain('asking the registry: 1 of 3 names');
  });

  it('is silent for a short run, and with --quiet', async () => {
    const fake = fakeIo({ isTTY: true });
    for (const quiet of [true, false]) {
      const progress = startProgress(fake.io, quiet);
      progress.report(1, 3);
      progress.end();
    }
    await delay(600);
    expect(fake.stderr()).toBe('');
  });
});

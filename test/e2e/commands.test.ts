import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type FakeRegistry, packument, startFakeRegistry } from '../support/fake-registry.js';
import { writeProject } from '../support/projects.js';
import { CLI, runCli } from '../support/run-cli.js';

let registry: FakeRegistry | null = null;
afterEach(async () => {
  registry?.verify();
  await registry?.close();
  registry = null;
});

function temporary(): string {
  return mkdtempSync(path.join(tmpdir(), 'phantom-guard-cache-'));
}

async function flagsOf(
  names: readonly string[],
  absent: readonly string[] = [],
  cacheDir = temporary(),
): Promise<string[]> {
  registry = await startFakeRegistry({
    packages: Object.fromEntries(names.map((name) => [name, packument({ name })])),
    absent: [...absent],
  });
  return ['--registry', registry.url, '--downloads-url', 'none', '--no-data', '--cache-dir', cacheDir];
}

describe('validate', () => {
  it('judges names, ranges and aliases as direct dependencies', async () => {
    const flags = await flagsOf(['widget-kit', '@widgets/core'], ['widget-kit-helper']);
    const specs = ['widget-kit', '@widgets/core@^2', 'y@npm:widget-kit-helper@1.0.0'];
    const { status, report } = await runCli(['validate', ...specs, ...flags, '--format', 'json', '--all']);
    expect(status).toBe(1);
    expect(report().packages).toMatchObject([
      { name: '@widgets/core', version: null, risk: 'safe', direct: true },
      { name: 'widget-kit', version: null, alias: null, risk: 'safe' },
      { name: 'widget-kit-helper', version: '1.0.0', alias: 'y', risk: 'not-found' },
    ]);
  });

  it('shows safe names to a person too', async () => {
    const { status, stdout } = await runCli(['validate', 'widget-kit', ...(await flagsOf(['widget-kit']))]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/ok\s+widget-kit\s+safe/);
  });

  it('tells the path to a package that is called like the root', async () => {
    const { report } = await runCli([
      'validate',
      'root',
      ...(await flagsOf(['root'])),
      '--format',
      'json',
      '--all',
    ]);
    expect(report().packages).toMatchObject([{ requestedBy: [['root', 'root']] }]);
  });

  it('refuses what is no spec', async () => {
    const { status, stdout } = await runCli(['validate', 'no spec at all', '--format', 'json']);
    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'undecided', error: { code: 'SPEC_INVALID' } });
  });
});

describe('explain', () => {
  it('lays open every fact, signal and weight', async () => {
    const { status, stdout } = await runCli(['explain', 'widget-kit', ...(await flagsOf(['widget-kit']))]);
    expect(status).toBe(0);
    for (const part of [
      'createdAt',
      '2020-01-01',
      'releaseCount',
      'LONG_HISTORY',
      'before any signal',
      'Verdict',
    ]) {
      expect(stdout).toContain(part);
    }
  });

  it('gives the same as data', async () => {
    const { stdout } = await runCli([
      'explain',
      'widget-kit-helper',
      ...(await flagsOf([], ['widget-kit-helper'])),
      '--format',
      'json',
    ]);
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'blocked',
      explanations: [
        {
          name: 'widget-kit-helper',
          risk: 'not-found',
          sources: [{ what: 'bundled names' }, { state: 'absent' }, { state: 'not asked' }],
        },
      ],
    });
  });
});

describe('cache', () => {
  it('tells its path, counts, verifies and goes away', async () => {
    const dir = temporary();
    const home = { env: { HOME: temporary() } };
    await runCli(['validate', 'widget-kit', ...(await flagsOf(['widget-kit'], [], dir))], home);
    const cache = (action: string) => runCli(['cache', action, '--cache-dir', dir, '--format', 'json'], home);
    const dataOf = async (action: string) => JSON.parse((await cache(action)).stdout).cache;
    expect(await dataOf('path')).toEqual({ dir });
    expect(await dataOf('stats')).toMatchObject({
      spaces: [{ kind: 'packages', entries: 1 }],
    });
    expect(await dataOf('verify')).toMatchObject({ checked: 2, corrupt: [] });
    expect(await dataOf('clear')).toMatchObject({ removed: true });
    expect(await dataOf('stats')).toMatchObject({ spaces: [] });
  });

  it('is where the environment says', async () => {
    const dir = temporary();
    const { stdout } = await runCli(['cache', 'path'], { env: { PHANTOM_GUARD_CACHE_DIR: dir } });
    expect(stdout).toBe(`${dir}\n`);
  });

  it('is in the home directory by default, and path creates nothing', async () => {
    const { stdout } = await runCli(['cache', 'path']);
    expect(stdout).toMatch(/\/\.cache\/phantom-guard\n$/);
    expect(existsSync(stdout.trim())).toBe(false);
  });
});

describe('wrong input', () => {
  it.each([
    [['check', '/nowhere/at/all'], 'INPUT_NOT_FOUND'],
    [['check', '--colour'], 'USAGE'],
    [['explain'], 'USAGE'],
    [['validate'], 'USAGE'],
    [['cache', 'burn'], 'USAGE'],
    [['check', 'a', 'b'], 'USAGE'],
    [['init'], 'NO_PROJECT'],
    [['agent-hook'], 'INPUT_UNREADABLE'],
    [['validate', 'left-pad', '--since', 'main'], 'USAGE'],
  ])('%j ends with 2, one JSON document and %s', async (args, code) => {
    const { status, stdout, stderr } = await runCli(['--format', 'json', ...args]);
    expect(status).toBe(2);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      status: 'undecided',
      error: { code },
      packages: [],
    });
  });

  it('is told to a person on stderr', async () => {
    const { status, stdout, stderr } = await runCli(['check', '/nowhere/at/all']);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('INPUT_NOT_FOUND');
  });

  it('of a name that npm could not install is not blamed on a registry', async () => {
    const project = writeProject({ 'package.json': { name: 'p', dependencies: { 'no name': '1.0.0' } } });
    const { status, report } = await runCli(['check', project, '--format', 'json']);
    expect(status).toBe(2);
    expect(report().error?.code).toBe('NAME_INVALID');
    expect(report().unchecked).toHaveLength(1);
  });

  it('of a yarn project names the way out', async () => {
    const project = writeProject({ 'package.json': { name: 'p', packageManager: 'yarn@4.0.0' } });
    const { status, stderr } = await runCli(['check', project]);
    expect(status).toBe(2);
    expect(stderr).toContain('UNSUPPORTED_MANAGER');
  });
});

describe('broken and odd ways out', () => {
  it.each(['--version', '--help'])('%s is one JSON document where JSON was asked for', async (flag) => {
    expect(JSON.parse((await runCli([flag, '--format', 'json'])).stdout)).toMatchObject({ schemaVersion: 1 });
  });

  it('believes the last of two formats, also on an error', async () => {
    const { stdout } = await runCli(['check', '--format', 'text', '--format=json', '--bogus']);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'USAGE' } });
  });

  it('replaces the file of --output on an error too', async () => {
    const output = path.join(temporary(), 'report.json');
    writeFileSync(output, 'an older result');
    const { stdout } = await runCli(['check', '/nowhere/at/all', '--format', 'json', '--output', output]);
    expect(stdout).toBe('');
    expect(JSON.parse(readFileSync(output, 'utf8'))).toMatchObject({ status: 'undecided' });
  });

  it.each([
    ['2>&1 1>/dev/null | true', 2],
    ['--format json >/dev/full', 2],
  ])('a stream that breaks (%s) never looks like a block', (redirection, status) => {
    const command = `"${process.execPath}" "${CLI}" check /nowhere/at/all ${redirection}; exit \${PIPESTATUS[0]}`;
    expect(spawnSync('bash', ['-c', command], { stdio: 'ignore' }).status).toBe(status);
  });

  it('shows control characters of a project instead of obeying them', async () => {
    const project = writeProject({ 'package.json': { name: 'p', packageManager: '\u001b[2Jyarn@1' } });
    const { stderr } = await runCli(['check', project]);
    expect(stderr).not.toContain('\u001b');
  });

  it('understands a time-out of more than a timer can wait', async () => {
    const flags = await flagsOf(['widget-kit']);
    const { status } = await runCli(['validate', 'widget-kit', ...flags, '--timeout-ms', '5000000000']);
    expect(status).toBe(0);
  });
});

describe('help and version', () => {
  it('go to stdout with 0', async () => {
    const help = await runCli(['--help']);
    expect(help.status).toBe(0);
    expect(help.stdout).toContain('check [PATH]');
    const version = await runCli(['--version']);
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

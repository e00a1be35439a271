import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type FakeRegistry, packument, startFakeRegistry } from '../support/fake-registry.js';
import { createRepository, type Repository } from '../support/git.js';
import { packageLock, writeProject } from '../support/projects.js';
import { runCli } from '../support/run-cli.js';

const INTEGRITY = `sha512-${'A'.repeat(86)}==`;
const INVENTED = 'widget-kit-helper';

let registry: FakeRegistry | null = null;
afterEach(async () => {
  registry?.verify();
  await registry?.close();
  registry = null;
});

async function flags(names: readonly string[], absent: readonly string[] = []): Promise<string[]> {
  registry = await startFakeRegistry({
    packages: Object.fromEntries(names.map((name) => [name, packument({ name })])),
    absent: [...absent],
  });
  const cacheDir = mkdtempSync(path.join(tmpdir(), 'phantom-guard-cache-'));
  return ['--registry', registry.url, '--downloads-url', 'none', '--no-data', '--cache-dir', cacheDir];
}

function project(names: readonly string[]) {
  const dependencies = Object.fromEntries(names.map((name) => [name, '*']));
  const entries = names.map((name) => [`node_modules/${name}`, { version: '1.0.0', integrity: INTEGRITY }]);
  return {
    'package.json': { name: 'project', version: '1.0.0', dependencies },
    'package-lock.json': packageLock(Object.fromEntries(entries)),
  };
}

/** A repository in which `before` is committed and `now` lies in the work tree. */
function repository(before: readonly string[], now: readonly string[]): Repository {
  const made = createRepository(project(before));
  made.write(project(now));
  return made;
}

describe('check --since', () => {
  it('judges what was added, asks about nothing else, and says so', async () => {
    const { dir, git } = repository(
      ['widget-base', 'widget-kit'],
      ['widget-base', 'widget-kit', 'widget-new'],
    );
    const args = ['check', dir, '--since', 'main', '--all', ...(await flags(['widget-new']))];
    const { status, report } = await runCli([...args, '--format', 'json']);
    expect(status).toBe(0);
    const commit = git('rev-parse', 'main');
    expect(report()).toMatchObject({
      schemaVersion: 1,
      status: 'allowed',
      since: { ref: 'main', commit, unchanged: 2 },
      summary: { packages: 1, safe: 1 },
      packages: [{ name: 'widget-new', requestedBy: [['root', 'widget-new@1.0.0']] }],
      unchecked: [
        {
          id: 'since:main',
          reason: `2 entries are as they were at main (${commit.slice(0, 7)}) and were not judged again`,
        },
      ],
      stats: { registryRequests: 1 },
    });
  });

  it('tells a person how many were left out', async () => {
    const { dir } = repository(['widget-base', 'widget-kit'], ['widget-base', 'widget-kit', 'widget-new']);
    const { stdout } = await runCli(['check', dir, '--since', 'HEAD', ...(await flags(['widget-new']))]);
    expect(stdout).toMatch(
      /^Not checked\n {4}since:HEAD: 2 entries are as they were at HEAD \([0-9a-f]{7}\)/,
    );
    expect(stdout).toMatch(
      /\nallowed: 1 package judged in [\d.]+ m?s, 2 unchanged since HEAD \(1 registry request/,
    );
  });

  it('blocks an invented name that was added', async () => {
    const { dir } = repository(['widget-kit'], ['widget-kit', INVENTED]);
    const args = ['check', '--since=main', ...(await flags([], [INVENTED])), '--format', 'json'];
    const { status, report } = await runCli(args, { cwd: dir });
    expect(status).toBe(1);
    expect(report().packages).toMatchObject([{ name: INVENTED, risk: 'not-found' }]);
  });

  it('leaves one that was there already to a check without it', async () => {
    const { dir } = repository([INVENTED], [INVENTED]);
    const { status, report } = await runCli([
      'check',
      dir,
      '--since',
      'main',
      ...(await flags([])),
      '--format',
      'json',
    ]);
    expect(status).toBe(0);
    expect(report()).toMatchObject({ summary: { packages: 0 }, since: { unchanged: 1 } });
    await registry?.close();
    const full = await runCli(['check', dir, ...(await flags([], [INVENTED])), '--format', 'json']);
    expect(full.status).toBe(1);
    expect(full.report().since).toBeNull();
  });

  it('has nothing to leave out where the lockfile is new', async () => {
    const { dir, write } = createRepository({ 'a.txt': 'a' });
    write(project(['widget-kit']));
    const { report } = await runCli([
      'check',
      dir,
      '--since',
      'main',
      ...(await flags(['widget-kit'])),
      '--format',
      'json',
    ]);
    expect(report()).toMatchObject({ since: { unchanged: 0 }, summary: { packages: 1 }, unchecked: [] });
  });

  it.each([
    ['an unknown ref', ['--since', 'no-such-branch']],
    ['what looks like an option', ['--since=--output=x']],
    ['a command', ['--since', '$(id)']],
    ['a file', ['--since', 'HEAD:package.json']],
  ])('is undecided about %s', async (_, since) => {
    const { dir } = repository(['widget-kit'], ['widget-kit']);
    const { status, report } = await runCli(['check', dir, ...since, '--format', 'json']);
    expect(status).toBe(2);
    expect(report()).toMatchObject({ status: 'undecided', since: null, error: { code: 'SINCE_UNUSABLE' } });
  });

  it('is undecided without git, and without a repository', async () => {
    const args = ['check', writeProject(project(['widget-kit'])), '--since', 'main', '--format', 'json'];
    for (const env of [{}, { PATH: '/nowhere' }]) {
      const { status, stderr, report } = await runCli(args, { env });
      expect([status, stderr]).toEqual([2, '']);
      expect(report().error?.code).toBe('SINCE_UNUSABLE');
    }
  });
});

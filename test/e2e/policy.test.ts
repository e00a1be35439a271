import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.js';
import {
  type FakeRegistry,
  type FakeRegistryOptions,
  packument,
  startFakeRegistry,
} from '../support/fake-registry.js';
import { packageLock, writeProject } from '../support/projects.js';
import { runCli } from '../support/run-cli.js';

const NAME = 'zq-phantom-widget';
const HASH = (letter: string) => `sha512-${letter.repeat(86)}==`;
const FRESH = new Date(Date.now() - 3 * 86_400_000).toISOString();
const SERVED: FakeRegistryOptions = {
  packages: {
    [NAME]: packument({ name: NAME, created: FRESH, versions: { '1.0.0': FRESH }, repository: null }),
  },
};
const CONFIG = 'phantom-guard.config.json';
const EXCEPTION = {
  name: NAME,
  version: '^1.0.0',
  signals: ['NOT_IN_SNAPSHOT', 'RECENTLY_CREATED', 'FEW_RELEASES', 'NO_REPOSITORY', 'INTEGRITY_MISSING'],
  reason: 'ours, read on Monday',
};

let registry: FakeRegistry | null = null;
afterEach(async () => {
  await registry?.close();
  registry = null;
});

type Case = {
  readonly files?: Readonly<Record<string, string | object>>;
  readonly entry?: Readonly<Record<string, unknown>>;
  readonly served?: FakeRegistryOptions;
  readonly user?: object;
  readonly args?: readonly string[];
  readonly command?: readonly string[];
};

async function check({
  files = {},
  entry = {},
  served = SERVED,
  user,
  args = [],
  command = ['check', '.'],
}: Case) {
  registry = await startFakeRegistry({ ...served, allowUnused: true });
  const lock = packageLock({ [`node_modules/${NAME}`]: { version: '1.0.0', ...entry } });
  const cwd = writeProject({
    'package.json': { name: 'project', version: '1.0.0', dependencies: { [NAME]: '*' } },
    'package-lock.json': lock,
    ...files,
  });
  const home = mkdtempSync(path.join(tmpdir(), 'phantom-guard-home-'));
  if (user !== undefined) {
    mkdirSync(path.join(home, 'phantom-guard'));
    writeFileSync(path.join(home, 'phantom-guard/config.json'), JSON.stringify(user));
  }
  const where = ['--registry', registry.url, '--downloads-url', 'none', '--cache-dir', path.join(home, 'c')];
  const run = await runCli([...command, ...where, ...args], { cwd, env: { XDG_CONFIG_HOME: home } });
  return run;
}

const json = (one: Case) => check({ ...one, args: ['--format', 'json', ...(one.args ?? [])] });
const only = (report: Report) => report.packages.find(({ name }) => name === NAME);
const codesOf = (report: Report) => only(report)?.signals.map(({ code }) => code);

describe('exceptions', () => {
  it('let a reviewed package pass, and are shown in JSON, in text and with --quiet', async () => {
    expect((await check({})).status).toBe(1);
    const { status, report } = await json({ files: { [CONFIG]: { exceptions: [EXCEPTION] } } });
    expect(status).toBe(0);
    expect(report().exceptions).toMatchObject([{ name: NAME, version: '^1.0.0', source: 'project' }]);
    const quiet = await check({ files: { [CONFIG]: { exceptions: [EXCEPTION] } }, args: ['--quiet'] });
    expect(quiet.stdout).toContain(`accepted by the project: ${NAME}@^1.0.0 despite`);
  });

  it('that have expired no longer count, and say so', async () => {
    const expired = { ...EXCEPTION, expires: '2026-01-31' };
    const { status, report } = await json({ files: { [CONFIG]: { exceptions: [expired] } } });
    expect(status).toBe(1);
    expect(report().notices.join()).toContain('expired on 2026-01-31');
    expect(report().exceptions).toEqual([]);
  });

  it('of a project don’t count where the user says so', async () => {
    const { status, report } = await json({
      files: { [CONFIG]: { exceptions: [EXCEPTION], trustedScopes: ['@corp'] } },
      user: { projectExceptions: false },
    });
    expect(status).toBe(1);
    expect(report().notices.join()).toContain('1 exception, 1 trusted scope');
  });

  it('of a project never let through what nobody owns; the user may', async () => {
    const served = { absent: [NAME] };
    const exceptions = [{ ...EXCEPTION, signals: ['NOT_FOUND', 'NOT_IN_SNAPSHOT'] }];
    const project = await json({ served, files: { [CONFIG]: { exceptions } } });
    expect(project.status).toBe(1);
    expect(project.report().summary.notFound).toBe(1);
    expect((await json({ served, user: { exceptions } })).status).toBe(0);
  });

  it('for everything are an error that names file, line and key', async () => {
    const { status, report } = await json({
      files: { [CONFIG]: { exceptions: [{ ...EXCEPTION, version: '*' }] } },
    });
    expect(status).toBe(2);
    expect(report().error).toMatchObject({ code: 'CONFIG_INVALID' });
    expect(report().error?.message).toMatch(/phantom-guard\.config\.json:\d+:\d+: exceptions\[0\]\.version/);
  });

  it('are told by explain, with the files that were read', async () => {
    const { stdout } = await check({
      files: { [CONFIG]: { exceptions: [EXCEPTION] } },
      command: ['explain', NAME],
    });
    expect(stdout).toContain(`accepted by the project: ${NAME}@^1.0.0`);
    expect(stdout).toContain(CONFIG);
  });
});

describe('thresholds', () => {
  it('of a cloned project don’t switch the guard off; those of a file that the user names do count', async () => {
    const looser = { thresholds: { safe: 0.99, high: 1 } };
    const cloned = await json({ files: { [CONFIG]: looser } });
    expect(cloned.status).toBe(1);
    expect(cloned.report().notices.join()).toContain('cannot raise thresholds');
    const named = await json({ files: { 'loose.json': looser }, args: ['--config', 'loose.json'] });
    expect(named.status).toBe(0);
  });

  it('are the stricter ones of user and project', async () => {
    const healthy = { packages: { [NAME]: packument({ name: NAME }) } };
    const files = { [CONFIG]: { failOn: 'high-risk' } };
    expect((await json({ served: healthy, files })).status).toBe(0);
    const strict = { thresholds: { safe: 0.0001, high: 0.0002 } };
    expect((await json({ served: healthy, files, user: strict })).status).toBe(1);
  });
});

describe('a registry that gives no answer', () => {
  const served: FakeRegistryOptions = { faults: { [NAME]: [{ kind: 'status', status: 403, times: 9 }] } };

  it('blocks by default, is let through by onUnavailable, and that is printed', async () => {
    expect((await json({ served })).status).toBe(2);
    const { status, report } = await json({ served, files: { [CONFIG]: { onUnavailable: 'warn' } } });
    expect(status).toBe(0);
    expect(only(report())).toMatchObject({ risk: 'unknown', action: 'warn' });
    expect(report().notices.join()).toContain('1 of 1 packages were let through without being judged');
  });

  it('blocks where the user insists', async () => {
    const files = { [CONFIG]: { onUnavailable: 'allow' } };
    expect((await json({ served, files, user: { onUnavailable: 'block' } })).status).toBe(2);
  });
});

describe('feeds', () => {
  const healthy = { packages: { [NAME]: packument({ name: NAME }) } };

  it('block the version that they list, and no other', async () => {
    const files = { [CONFIG]: { feeds: ['bad.json'] }, 'bad.json': { [NAME]: ['1.0.0'] } };
    const { status, report } = await json({ served: healthy, files });
    expect(status).toBe(1);
    expect(only(report())).toMatchObject({ risk: 'high-risk', action: 'block', decidedBy: 'feed' });
    expect(codesOf(report())).toContain('KNOWN_MALICIOUS');
    expect((await json({ served: healthy, files, entry: { version: '1.0.1' } })).status).toBe(0);
  });

  it('block an established name, which no registry is asked about', async () => {
    const files = {
      [CONFIG]: { feeds: ['bad.csv'] },
      'bad.csv': 'name,version\nleft-pad,1.3.0\n',
      'package-lock.json': packageLock({ 'node_modules/left-pad': { version: '1.3.0' } }),
      'package.json': { name: 'project', dependencies: { 'left-pad': '*' } },
    };
    const { status, report } = await json({ files });
    expect(status).toBe(1);
    expect(report().packages).toMatchObject([{ name: 'left-pad', decidedBy: 'feed', action: 'block' }]);
    expect(registry?.requests).toEqual([]);
  });

  it('of invented names raise the risk', async () => {
    const files = {
      [CONFIG]: { feeds: ['invented.tsv'] },
      'invented.tsv': `name\tmodel\n${NAME}\tgpt\n`,
    };
    const plain = await json({ served: healthy, args: ['--all'] });
    const raised = await json({ served: healthy, files, args: ['--all'] });
    expect(codesOf(raised.report())).toContain('KNOWN_HALLUCINATION');
    expect(only(raised.report())?.score).toBeGreaterThan(only(plain.report())?.score ?? 1);
  });

  it('that can’t be read leave the run undecided, and never pass silently', async () => {
    const files = { [CONFIG]: { feeds: ['gone.json'] } };
    const { status, report } = await json({ served: healthy, files });
    expect(status).toBe(2);
    expect(report().error).toMatchObject({ code: 'FEED_UNREADABLE' });
    const loose = await json({
      served: healthy,
      files: { [CONFIG]: { feeds: ['gone.json'], onUnavailable: 'warn' } },
    });
    expect(loose.status).toBe(2);
    expect(loose.report().notices.join()).toContain('could not be used');
  });
});

describe('what the lockfile says of the bytes', () => {
  const OTHER = 'zq-phantom-other';
  const two: FakeRegistryOptions = {
    packages: {
      [NAME]: packument({
        name: NAME,
        versions: { '1.0.0': '2020-01-01T00:00:00Z' },
        manifest: { dist: { integrity: HASH('A') } },
      }),
      [OTHER]: packument({ name: OTHER }),
    },
  };

  it('blocks the tarball of another package', async () => {
    const { status, report } = await json({
      served: two,
      entry: { resolved: `https://registry.example.test/${OTHER}/-/${OTHER}-1.0.0.tgz` },
    });
    expect(status).toBe(1);
    expect(only(report())?.score).toBeGreaterThanOrEqual(0.6);
    expect(only(report())?.signals).toContainEqual(
      expect.objectContaining({
        code: 'RESOLVED_MISMATCH',
        evidence: { kind: 'package', expected: NAME, found: OTHER },
      }),
    );
  });

  it('blocks other bytes than the registry publishes, and counts what was compared', async () => {
    const same = await json({ served: two, entry: { integrity: HASH('A') } });
    expect(same.report()).toMatchObject({ status: 'allowed', stats: { integrityCompared: 1 } });
    const other = await json({ served: two, entry: { integrity: HASH('B') } });
    expect(other.status).toBe(1);
    expect(codesOf(other.report())).toContain('INTEGRITY_MISMATCH');
  });

  it('is compared for established names only when asked to', async () => {
    const published = packument({
      name: 'left-pad',
      versions: { '1.3.0': FRESH },
      manifest: { dist: { integrity: HASH('A') } },
    });
    const one: Case = {
      served: { packages: { 'left-pad': published } },
      files: {
        'package-lock.json': packageLock({
          'node_modules/left-pad': { version: '1.3.0', integrity: HASH('B') },
        }),
        'package.json': { name: 'project', dependencies: { 'left-pad': '*' } },
      },
    };
    const without = await json(one);
    expect(without.report()).toMatchObject({ status: 'allowed', stats: { integrityCompared: 0 } });
    expect((await json({ ...one, args: ['--verify-integrity'] })).status).toBe(1);
  });
});

describe('accept', () => {
  const accept = (args: readonly string[], one: Case = {}) => check({ ...one, command: ['accept', ...args] });

  it('writes what fired for the version and bytes in the lockfile; the next check passes', async () => {
    const files = { '.git-keep': '' };
    const entry = { integrity: HASH('A') };
    const first = await check({ files, entry });
    expect(first.status).toBe(1);
    const accepted = await accept(
      [NAME, '--reason', 'read it', '--expires', '2099-01-01', '--format', 'json'],
      {
        entry,
      },
    );
    expect(accepted.status).toBe(0);
    const { accepted: written } = JSON.parse(accepted.stdout) as {
      accepted: { path: string; change: string; exception: object }[];
    };
    expect(written).toMatchObject([
      {
        change: 'added',
        exception: {
          name: NAME,
          version: '1.0.0',
          integrity: HASH('A'),
          reason: 'read it',
          expires: '2099-01-01',
        },
      },
    ]);
    const config = JSON.parse(readFileSync(String(written[0]?.path), 'utf8')) as object;
    expect((await check({ entry, files: { [CONFIG]: config } })).status).toBe(0);
    expect((await check({ entry: { integrity: HASH('B') }, files: { [CONFIG]: config } })).status).toBe(1);
  });

  it('refuses for a project what only a user may accept, and says how', async () => {
    const one: Case = { served: { absent: [NAME] } };
    const refused = await accept([NAME, '--reason', 'private'], one);
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain('NOT_FOUND');
    const needsVersion = await accept(['zq-phantom-gone', '--reason', 'private'], {
      served: { absent: ['zq-phantom-gone'] },
    });
    expect(needsVersion.status).toBe(2);
    expect(needsVersion.stderr).toContain('which version');
    expect((await accept([NAME, '--reason', 'private', '--global'], one)).status).toBe(0);
  });

  it('has nothing to do for a package that nothing stands against', async () => {
    const healthy = { packages: { [NAME]: packument({ name: NAME }) } };
    const { status, stdout } = await accept([`${NAME}@1.0.0`, '--reason', 'fine'], { served: healthy });
    expect(status).toBe(0);
    expect(stdout).toContain('nothing to accept');
  });

  it.each([[[NAME]], [[NAME, '--reason', ' ']], [['--reason', 'x']], [[NAME, 'b', '--reason', 'x']]])(
    'wants one spec and a reason: %j',
    async (args) => {
      expect((await accept(args)).status).toBe(2);
    },
  );
});

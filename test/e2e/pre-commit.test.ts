import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishGuard } from '../matrix/published-guard.js';
import { type FakeRegistry, packument, startFakeRegistry } from '../support/fake-registry.js';
import { createRepository, type Repository } from '../support/git.js';
import { GUARD_NAME, installGuard } from '../support/installed-guard.js';
import { packageLock, writeFiles } from '../support/projects.js';
import { type ProcessRun, runProcess } from '../support/run-process.js';
import { startTarballRegistry } from '../support/tarball-registry.js';

const HEALTHY = 'zq-hook-healthy';
const INVENTED = 'zq-hook-invented';
/** pre-commit makes an environment for Node and installs into it. */
const INSTALL_TIMEOUT_MS = 180_000;
const MANIFEST = JSON.parse(readFileSync('package.json', 'utf8'));
const GUIDE = readFileSync('docs/guides/pre-commit.md', 'utf8');

let registry: FakeRegistry;
beforeAll(async () => {
  registry = await startFakeRegistry({
    packages: { [HEALTHY]: packument({ name: HEALTHY }) },
    absent: [INVENTED],
    allowUnused: true,
  });
});
afterAll(() => registry.close());

function project(...names: readonly string[]) {
  const entry = { version: '1.0.0', integrity: `sha512-${'A'.repeat(86)}==` };
  return {
    '.npmrc': `registry=${registry.url}\n`,
    'package.json': {
      name: 'project',
      version: '1.0.0',
      dependencies: Object.fromEntries(names.map((name) => [name, '1.0.0'])),
    },
    'package-lock.json': packageLock(
      Object.fromEntries(names.map((name) => [`node_modules/${name}`, entry])),
    ),
  };
}

/** Commits what is staged, through the hooks. */
function commit({ dir }: Repository, env: Readonly<Record<string, string>>): Promise<ProcessRun> {
  const identity = [
    '-c',
    'user.name=Tester',
    '-c',
    'user.email=tester@example.test',
    '-c',
    'commit.gpgsign=false',
  ];
  return runProcess('git', [...identity, 'commit', '-m', 'a change'], { cwd: dir, env });
}

type Way = {
  readonly env: Readonly<Record<string, string>>;
  /** A repository with the hook in place and nothing committed. */
  readonly guarded: () => Repository;
};

function judgesWhatIsCommitted(way: () => Way): void {
  it('lets the first commit of a healthy project through', async () => {
    const repository = way().guarded();
    repository.write(project(HEALTHY));
    repository.git('add', '--all');
    expect(await commit(repository, way().env)).toMatchObject({ status: 0 });
  });

  it('refuses an invented name', async () => {
    const repository = way().guarded();
    repository.write(project(HEALTHY, INVENTED));
    repository.git('add', '--all');
    const { status, stdout, stderr } = await commit(repository, way().env);
    expect(status).not.toBe(0);
    expect(stdout + stderr).toMatch(new RegExp(`BLOCKED +${INVENTED}@1\\.0\\.0 +not-found`));
    expect(repository.git('status', '--porcelain')).toContain('A  package-lock.json');
  });

  it('refuses what is staged where the folder holds a later, healthy state', async () => {
    const repository = way().guarded();
    repository.write(project(HEALTHY, INVENTED));
    repository.git('add', '--all');
    repository.write(project(HEALTHY));
    expect((await commit(repository, way().env)).status).not.toBe(0);
    expect(readFileSync(path.join(repository.dir, 'package.json'), 'utf8')).not.toContain(INVENTED);
  });

  it('lets what is staged through where the folder holds a bad state that is not committed', async () => {
    const repository = way().guarded();
    repository.write(project(HEALTHY));
    repository.git('add', '--all');
    repository.write(project(HEALTHY, INVENTED));
    expect(await commit(repository, way().env)).toMatchObject({ status: 0 });
    expect(readFileSync(path.join(repository.dir, 'package.json'), 'utf8')).toContain(INVENTED);
  });

  it('judges nothing where no such file is in the commit', async () => {
    const repository = way().guarded();
    repository.write({ ...project(INVENTED), 'README.md': 'text' });
    repository.git('add', 'README.md');
    expect(await commit(repository, way().env)).toMatchObject({ status: 0 });
  });
}

function temporary(): string {
  return mkdtempSync(path.join(tmpdir(), 'hook-'));
}

function environment(PATH = process.env['PATH'] ?? ''): Record<string, string> {
  return { PATH, HOME: temporary(), PHANTOM_GUARD_CACHE_DIR: temporary(), GIT_CONFIG_NOSYSTEM: '1' };
}

function emptyRepository(): Repository {
  const repository = createRepository({});
  repository.git('update-ref', '-d', 'HEAD');
  return repository;
}

const version = versionOf('pre-commit');
const runner = version ?? 'nothing: no pre-commit on the PATH (Debian: apt-get install pre-commit)';
describe.skipIf(version === null)(`the definition for pre-commit, run by ${runner}`, () => {
  let env: Record<string, string>;
  let hooks: { readonly repo: string; readonly rev: string };
  beforeAll(() => {
    env = { ...environment(), PRE_COMMIT_HOME: temporary(), npm_config_registry: registry.url };
    hooks = hookRepository();
    execFileSync('pre-commit', ['install-hooks'], { cwd: guarded().dir, env, stdio: 'ignore' });
  }, INSTALL_TIMEOUT_MS);
  const guarded = (): Repository => {
    const repository = emptyRepository();
    const config = { repos: [{ ...hooks, hooks: [{ id: 'phantom-guard' }] }] };
    writeFiles(repository.dir, { '.pre-commit-config.yaml': config });
    repository.git('add', '--all');
    execFileSync('pre-commit', ['install'], { cwd: repository.dir, env, stdio: 'ignore' });
    return repository;
  };
  judgesWhatIsCommitted(() => ({ env, guarded }));
});

describe.skipIf(version === null)(`the local hook of the guide, run by ${runner}`, () => {
  it(
    'installs the published package and nothing else, and refuses an invented name',
    async () => {
      const published = await startTarballRegistry();
      publishGuard(published);
      // npm links the programs that the registry's document of a version names.
      const tarball = published.versionOf(GUARD_NAME, MANIFEST.version);
      const versions = { [MANIFEST.version]: { ...tarball, manifest: { bin: MANIFEST.bin } } };
      published.publish({ name: GUARD_NAME, ageDays: 6 * 365, versions });
      const repository = emptyRepository();
      const config = /^```yaml\n([\s\S]*?)^```$/m.exec(GUIDE)?.[1] ?? '';
      repository.write({ ...project(INVENTED), '.pre-commit-config.yaml': config });
      repository.git('add', '--all');
      const env = { ...environment(), PRE_COMMIT_HOME: temporary() };
      const options = {
        cwd: repository.dir,
        env: { ...env, npm_config_registry: published.url, npm_config_update_notifier: 'false' },
      };
      const installed = await runProcess('pre-commit', ['install', '--install-hooks'], options);
      await published.close();
      expect(installed).toMatchObject({ status: 0 });
      expect(
        published.requests.filter(({ path: asked }) => !asked.startsWith('/phantom-guard-install')),
      ).toEqual([]);
      const { status, stdout, stderr } = await commit(repository, env);
      expect(status).not.toBe(0);
      expect(stdout + stderr).toContain(INVENTED);
    },
    INSTALL_TIMEOUT_MS,
  );
});

describe('the git hook of the guide', () => {
  const script = /^```sh\n(#!\/bin\/sh\n[\s\S]*?)^```$/m.exec(GUIDE)?.[1] ?? '';
  let env: Record<string, string>;
  beforeAll(() => {
    const bin = temporary();
    const cli = path.resolve('dist/cli.js');
    const start = `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`;
    writeFileSync(path.join(bin, 'phantom-guard-install'), start, { mode: 0o755 });
    env = environment(`${bin}${path.delimiter}${process.env['PATH']}`);
  });
  const guarded = (): Repository => {
    const repository = emptyRepository();
    writeFileSync(path.join(repository.dir, '.git/hooks/pre-commit'), script, { mode: 0o755 });
    return repository;
  };
  judgesWhatIsCommitted(() => ({ env, guarded }));
});

/** The published package with the definition as a repository; the real one would install its tools and build first. */
function hookRepository(): { readonly repo: string; readonly rev: string } {
  const repo = installGuard(temporary());
  const { devDependencies: _, scripts: __, ...manifest } = MANIFEST;
  // Its files are links to ours.
  rmSync(path.join(repo, 'package.json'));
  writeFiles(repo, {
    'package.json': manifest,
    '.pre-commit-hooks.yaml': readFileSync('.pre-commit-hooks.yaml', 'utf8'),
  });
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.test', ...args], {
      cwd: repo,
      encoding: 'utf8',
    }).trim();
  git('init', '--quiet');
  git('add', '--all', '--force');
  git('commit', '--quiet', '-m', 'the package');
  return { repo, rev: git('rev-parse', 'HEAD') };
}

function versionOf(program: string): string | null {
  try {
    return execFileSync(program, ['--version'], { encoding: 'utf8' }).trim();
  } catch {
    return null;
  }
}

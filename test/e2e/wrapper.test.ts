import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
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

const SQUAT = 'zq-phantom-squat';
const FRESH = new Date(Date.now() - 2 * 86_400_000).toISOString();
const squat = packument({ name: SQUAT, created: FRESH, versions: { '1.0.0': FRESH }, repository: null });

let registry: FakeRegistry | null = null;
afterEach(async () => {
  await registry?.close();
  registry = null;
});

type Run = {
  readonly files?: Readonly<Record<string, string | object>>;
  readonly own?: readonly string[];
  readonly served?: FakeRegistryOptions;
};

/** Runs a guarded command line of npm in a project, with a loopback registry in the environment as a user would. */
async function guarded(words: readonly string[], { files = {}, own = [], served = {} }: Run = {}) {
  registry = await startFakeRegistry({ ...served, allowUnused: true });
  const cwd = writeProject({ 'package.json': { name: 'project', version: '1.0.0' }, ...files });
  mkdirSync(path.join(cwd, 'node_modules/kept'), { recursive: true });
  writeFileSync(path.join(cwd, 'node_modules/kept/file'), 'kept');
  const before = snapshot(cwd);
  const env = {
    npm_config_registry: registry.url,
    npm_config_update_notifier: 'false',
    PHANTOM_GUARD_CACHE_DIR: path.join(cwd, '..', `${path.basename(cwd)}-cache`),
  };
  const run = await runCli(['--downloads-url', 'none', ...own, ...words], { cwd, env });
  return { ...run, cwd, isUntouched: snapshot(cwd) === before };
}

/** Every file of a folder with its bytes. */
function snapshot(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted();
  return JSON.stringify(files.map((file) => [file, readFileSync(file, 'base64')]));
}

describe('a guarded npm install', () => {
  it('answers an invented name itself, before npm asks, and leaves the project as it was', async () => {
    const { status, stdout, stderr, isUntouched } = await guarded(
      ['npm', 'install', 'express-jsonwebtoken-guard'],
      { served: { absent: ['express-jsonwebtoken-guard'] } },
    );
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain('BLOCKED');
    expect(stderr).toContain('did you mean');
    expect(stderr).not.toContain('E404');
    expect(isUntouched).toBe(true);
    expect(registry?.requests.every(({ url }) => !url.endsWith('.tgz'))).toBe(true);
  });

  it.each([
    [['npm', 'i', '-D', SQUAT]],
    [['npm', 'add', `${SQUAT}@^1`]],
    [['npm', 'install', '--save-exact', `alias@npm:${SQUAT}`]],
    [['npm', 'exec', '--yes', '--', SQUAT]],
    [['npx', '--yes', SQUAT, '--version']],
    [['npm', 'install', '-g', SQUAT]],
  ])('refuses a fresh squat in %j without fetching it', async (words) => {
    const { status, stdout, stderr, isUntouched } = await guarded(words, {
      served: { packages: { [SQUAT]: squat } },
    });
    expect(stderr).toContain('BLOCKED');
    expect({ status, stdout, isUntouched }).toEqual({ status: 1, stdout: '', isUntouched: true });
    expect(registry?.requests.some(({ url }) => url.endsWith('.tgz'))).toBe(false);
  });

  it('refuses what npm would resolve for a dependency, with the path to it', async () => {
    const parent = packument({
      name: 'zq-phantom-parent',
      versions: { '1.0.0': '2020-01-01T00:00:00Z' },
      manifest: { dependencies: { [SQUAT]: '^1.0.0' } },
    });
    const { status, stderr, isUntouched } = await guarded(['npm', 'install'], {
      files: {
        'package.json': {
          name: 'project',
          version: '1.0.0',
          dependencies: { 'zq-phantom-parent': '^1.0.0' },
        },
      },
      served: { packages: { 'zq-phantom-parent': parent, [SQUAT]: squat } },
    });
    expect(status).toBe(1);
    expect(stderr).toContain(`root > zq-phantom-parent@1.0.0 > ${SQUAT}@1.0.0`);
    expect(isUntouched).toBe(true);
  });

  it('refuses the lockfile that npm ci would install', async () => {
    const { status, isUntouched } = await guarded(['npm', 'ci'], {
      files: {
        'package.json': { name: 'project', version: '1.0.0', dependencies: { [SQUAT]: '*' } },
        'package-lock.json': packageLock({ [`node_modules/${SQUAT}`]: { version: '1.0.0' } }),
      },
      served: { packages: { [SQUAT]: squat } },
    });
    expect({ status, isUntouched }).toEqual({ status: 1, isUntouched: true });
  });

  it('is what the program does without a command', async () => {
    const { status, isUntouched } = await guarded([], {
      files: { 'package.json': { name: 'project', version: '1.0.0', dependencies: { [SQUAT]: '*' } } },
      served: { packages: { [SQUAT]: squat } },
    });
    expect({ status, isUntouched }).toEqual({ status: 1, isUntouched: true });
  });

  it('writes its report where --output says, as JSON when asked', async () => {
    const { stdout, stderr, cwd } = await guarded(['npm', 'install', SQUAT], {
      own: ['--format', 'json', '--output', '../report.json'],
      served: { packages: { [SQUAT]: squat } },
    });
    expect(stdout).toBe('');
    expect(stderr).not.toContain('"schemaVersion"');
    const report = JSON.parse(readFileSync(path.join(cwd, '../report.json'), 'utf8')) as { status: string };
    expect(report.status).toBe('blocked');
  });
});

describe('a command that installs nothing', () => {
  it.each([
    [['npm', 'ls', '--json']],
    [['npm', 'prefix']],
    [['npm', 'pkg', 'get', 'name']],
    [['npm', 'run', 'say', '--silent', '--', 'a b', '--flag']],
  ])('%j goes through, with not one byte added to stdout', async (words) => {
    const files = {
      'package.json': {
        name: 'project',
        version: '1.0.0',
        scripts: { say: 'node -e "console.log(JSON.stringify(process.argv.slice(1)))" --' },
      },
    };
    const { status, stdout, stderr } = await guarded(words, { files });
    expect(status === 0 || words[1] === 'ls').toBe(true);
    expect(stdout).not.toContain('phantom-guard-install:');
    expect(stderr).not.toContain('phantom-guard-install:');
    if (words[1] === 'ls') expect(JSON.parse(stdout)).toMatchObject({ name: 'project' });
    if (words[1] === 'run') expect(stdout.trim()).toBe('["a b","--flag"]');
    expect(registry?.requests).toEqual([]);
  });

  it('ends with the status of npm', async () => {
    const files = { 'package.json': { name: 'project', scripts: { fail: 'exit 7' } } };
    expect((await guarded(['npm', 'run', 'fail', '--silent'], { files })).status).toBe(7);
  });
});

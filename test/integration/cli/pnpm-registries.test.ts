import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/main.js';
import type { Report } from '../../../src/model/report.js';
import { fakeIo } from '../../support/fake-io.js';
import { type PnpmManager, pnpmManagers, runPnpm } from '../../support/pnpm-managers.js';
import { writeFiles, writeProject } from '../../support/projects.js';
import { startTarballRegistry, type TarballRegistry } from '../../support/tarball-registry.js';

const NAME = 'zq-registries-one';
const SCOPED = '@zq-registries/two';
const { managers, skipped } = pnpmManagers();
let a: TarballRegistry;
let b: TarballRegistry;
beforeEach(async () => {
  const one = { ageDays: 900, versions: { '1.0.0': {} } };
  const packages = [
    { name: NAME, ...one },
    { name: SCOPED, ...one },
  ];
  [a, b] = await Promise.all([startTarballRegistry(packages), startTarballRegistry(packages)]);
});
afterEach(async () => {
  await Promise.all([a.close(), b.close()]);
});

type Files = Readonly<Record<string, string | object>>;

/** Which of the two registries was asked since the last call for a package's document. */
function asked(name: string): string {
  const isAsked = ({ requests }: TarballRegistry): boolean =>
    requests.some((request) => decodeURIComponent(request.path) === `/${name}`);
  const found = [isAsked(a) ? 'a' : '', isAsked(b) ? 'b' : ''].join('');
  a.reset();
  b.reset();
  return found;
}

async function judge(
  words: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<Report> {
  const fake = fakeIo({ cwd, env });
  const kept = mkdtempSync(path.join(tmpdir(), 'phantom-guard-test-'));
  await main(
    [...words, '--format', 'json', '--no-data', '--downloads-url', 'none', '--cache-dir', kept],
    fake.io,
  );
  return JSON.parse(fake.stdout()) as Report;
}

const manifest = (name: string, more: object = {}) => ({
  'package.json': { name: 'zq-project', version: '1.0.0', dependencies: { [name]: '1.0.0' }, ...more },
});

describe('a project of pnpm', () => {
  it('is judged by the registries of its pnpm-workspace.yaml', async () => {
    const yaml = `registry: ${a.url}\nregistries:\n  '@zq-registries': ${b.url}\n`;
    const dir = writeProject({
      ...manifest(NAME, { packageManager: 'pnpm@11.0.0' }),
      'pnpm-workspace.yaml': yaml,
    });
    const report = await judge(['check', dir], dir, {});
    expect([report.status, asked(NAME)]).toEqual(['allowed', 'a']);
    await judge(['validate', SCOPED], dir, { npm_config_registry: a.url });
    expect(asked(SCOPED)).toBe('b');
    await judge(['explain', NAME], dir, {});
    expect(asked(NAME)).toBe('a');
  });

  it('counts as one in a folder of the workspace', async () => {
    const yaml = `packages: [packages/*]\nregistry: ${a.url}\n`;
    const dir = writeProject({
      ...manifest(NAME),
      'pnpm-workspace.yaml': yaml,
      'packages/one/package.json': manifest(NAME)['package.json'],
    });
    await judge(['check', path.join(dir, 'packages/one')], dir, { npm_config_registry: b.url });
    expect(asked(NAME)).toBe('a');
  });

  it('is told that the registry depends on its version, which it does not name', async () => {
    const files = {
      ...manifest(NAME),
      'pnpm-workspace.yaml': `registry: ${a.url}\n`,
      '.npmrc': `registry=${b.url}\n`,
    };
    const unnamed = await judge(['check', '.'], writeProject(files), {});
    expect(unnamed.notices).toEqual([expect.stringContaining('packageManager')]);
    expect(asked(NAME)).toBe('a');
    const ten = { ...files, ...manifest(NAME, { packageManager: 'pnpm@10.34.9' }) };
    expect((await judge(['check', '.'], writeProject(ten), {})).notices).toEqual([]);
    expect(asked(NAME)).toBe('b');
    const same = { ...files, '.npmrc': `registry=${a.url}\n` };
    expect((await judge(['check', '.'], writeProject(same), {})).notices).toEqual([]);
  });

  it('is another than a project of npm beside the same files', async () => {
    const files = {
      ...manifest(NAME, { packageManager: 'npm@11.0.0' }),
      'pnpm-workspace.yaml': `registry: ${a.url}\n`,
    };
    await judge(['check', '.'], writeProject(files), {
      npm_config_registry: b.url,
      pnpm_config_registry: a.url,
    });
    expect(asked(NAME)).toBe('b');
  });
});

it.each(skipped)('skipped: %s', () => undefined);

type Case = {
  readonly title: string;
  readonly name?: string;
  readonly files?: () => Files;
  readonly home?: () => Files;
  readonly env?: () => Readonly<Record<string, string>>;
};

/** In each of them a and b are named, so that no version asks anybody else. */
const CASES: readonly Case[] = [
  {
    title: 'registry of pnpm-workspace.yaml and of .npmrc',
    files: () => ({
      'pnpm-workspace.yaml': `packages: [.]\nregistry: ${a.url}\n`,
      '.npmrc': `registry=${b.url}\n`,
    }),
  },
  {
    title: 'registries of pnpm-workspace.yaml and .npmrc',
    name: SCOPED,
    files: () => ({
      'pnpm-workspace.yaml': `packages: [.]\nregistries:\n  '@zq-registries': ${a.url}\n`,
      '.npmrc': `@zq-registries:registry=${b.url}\n`,
    }),
  },
  { title: 'variables', env: () => ({ npm_config_registry: b.url, pnpm_config_registry: a.url }) },
  {
    title: 'config.yaml, auth.ini and rc',
    home: () => ({
      'config/pnpm/config.yaml': `registry: ${a.url}\n`,
      'config/pnpm/auth.ini': `registry=${b.url}\n`,
      'config/pnpm/rc': `registry=${b.url}\n`,
    }),
  },
  {
    title: 'auth.ini and rc beside the .npmrc of the user',
    home: () => ({
      'config/pnpm/auth.ini': `registry=${a.url}\n`,
      'config/pnpm/rc': `registry=${a.url}\n`,
      '.npmrc': `registry=${b.url}\n`,
    }),
  },
];

describe.each(managers.map((manager) => ({ manager, version: manager.version })))(
  'pnpm $version',
  ({ manager }: { readonly manager: PnpmManager }) => {
    it.each(CASES)('asks the registry that is asked here: $title', async (one) => {
      const { name = NAME, files = () => ({}), home: ofHome = () => ({}), env = () => ({}) } = one;
      const packageManager = `pnpm@${manager.version}`;
      const dir = writeProject({ ...manifest(name, { packageManager }), ...files() });
      const home = writeProject({});
      writeFiles(home, ofHome());
      const only = { HOME: home, XDG_CONFIG_HOME: path.join(home, 'config'), ...env() };
      const unset = Object.fromEntries(
        ['npm_config_registry', 'pnpm_config_registry'].flatMap((key) =>
          key in only ? [] : [[key, undefined]],
        ),
      ) as Record<string, never>;
      const run = await runPnpm(manager, ['install', '--lockfile-only', '--ignore-scripts'], {
        cwd: dir,
        home,
        registry: '',
        env: { ...unset, ...only, HTTP_PROXY: 'http://127.0.0.1:9', pnpm_config_pm_on_fail: 'ignore' },
      });
      expect(run.status, `${run.stdout}${run.stderr}`).toBe(0);
      const theirs = asked(name);
      expect(theirs).toMatch(/^[ab]$/);
      await judge(['check', dir], dir, only);
      expect(asked(name)).toBe(theirs);
    });
  },
);

import { afterEach, describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../../src/cli/parse-command-line.js';
import { openPnpmSession } from '../../../src/cli/pnpm-session.js';
import { openMemory } from '../../../src/cli/verdict-memory.js';
import { CURRENT, matrixPackages } from '../../matrix/packages.js';
import { fakeIo } from '../../support/fake-io.js';
import { writeProject } from '../../support/projects.js';
import { startTarballRegistry, type TarballRegistry } from '../../support/tarball-registry.js';

let registry: TarballRegistry;
afterEach(() => registry.close());

async function session(files: Readonly<Record<string, string | object>>, words: readonly string[] = []) {
  registry = await startTarballRegistry(matrixPackages('bad'));
  const cwd = writeProject({ 'package.json': { name: 'zq-project', version: '1.0.0' }, ...files });
  const { io, stdout, stderr } = fakeIo({
    cwd,
    env: { npm_config_registry: registry.url, npm_config_fetch_retries: '0', NO_PROXY: '127.0.0.1' },
  });
  const { options } = parseCommandLine(['preinstall', '--no-cache', ...words]);
  const quiet = { ...options, quiet: true };
  const memory = openMemory(quiet, io, cwd, 'pnpm project');
  return { ...openPnpmSession(cwd, quiet, io, memory), stdout, stderr };
}

function manifestOf(name: string, version: string, lists: object = {}): object {
  const { integrity, resolved } = registry.lockEntry(name, version);
  return { name, version, dist: { integrity, tarball: resolved }, ...lists };
}

function lockfile(id: string, importer = ''): string {
  const resolution = `{integrity: sha512-${'A'.repeat(86)}==}`;
  return `lockfileVersion: '9.0'

importers:

  .:${importer === '' ? ' {}' : importer}

packages:

  ${id}:
    resolution: ${resolution}

snapshots:

  ${id}: {}
`;
}

describe('the judging of a pnpm run', () => {
  it('refuses a project whose lockfile holds a bad package', async () => {
    const { judgeProject, refused } = await session({
      'pnpm-lock.yaml': lockfile('zq-matrix-bad@1.0.0'),
    });
    expect((await judgeProject())?.message).toContain('BLOCKED  zq-matrix-bad@1.0.0');
    expect(refused()).not.toBeNull();
  });

  it('reads the lockfile of pnpm whatever other lockfile lies there', async () => {
    const { judgeProject } = await session({
      'package-lock.json': { name: 'zq-project', lockfileVersion: 3, packages: {} },
      'pnpm-lock.yaml': lockfile('zq-matrix-bad@1.0.0'),
    });
    expect(await judgeProject()).not.toBeNull();
  });

  it('reads both documents of a lockfile with config dependencies', async () => {
    const asked = '\n      zq-matrix-bad:\n        specifier: 1.0.0\n        version: 1.0.0';
    const first = `---\n${lockfile('zq-matrix-bad@1.0.0', `\n    configDependencies:${asked}`)}`;
    const second = `---\n${lockfile(`zq-matrix-one@${CURRENT}`)}`;
    const { judgeProject } = await session({ 'pnpm-lock.yaml': `${first}\n${second}` });
    expect((await judgeProject())?.message).toContain('BLOCKED  zq-matrix-bad@1.0.0');
  });

  it('refuses a fresh package, and everything after it', async () => {
    const { judgePackage } = await session({});
    expect(await judgePackage(manifestOf('zq-matrix-one', CURRENT))).toBeNull();
    const refusal = await judgePackage(manifestOf('zq-matrix-bad', '1.0.0'));
    expect(refusal?.message).toContain('BLOCKED  zq-matrix-bad@1.0.0');
    expect(await judgePackage(manifestOf('zq-matrix-two', CURRENT))).toBe(refusal);
  });

  it('refuses an optional or peer name that nobody owns when the package comes that asks for it', async () => {
    const { judgePackage } = await session({});
    const lists = { optionalDependencies: { 'zq-nobody-owns-it': '*' } };
    const refusal = await judgePackage(manifestOf('zq-matrix-one', CURRENT, lists));
    expect(refusal?.message).toContain('BLOCKED  zq-nobody-owns-it');
  });

  it('asks about a name once in a run', async () => {
    const { judgePackage } = await session({});
    const one = manifestOf('zq-matrix-one', CURRENT);
    await Promise.all([judgePackage(one), judgePackage(one)]);
    await judgePackage(one);
    expect(registry.requests.filter(({ path }) => path === '/zq-matrix-one')).toHaveLength(1);
  });

  it('judges what another lockfile than the project’s holds', async () => {
    const { judgeLockfile } = await session({});
    const { integrity } = registry.lockEntry('zq-matrix-bad', '1.0.0');
    const refusal = await judgeLockfile({
      packages: { 'zq-matrix-bad@1.0.0': { resolution: { integrity } } },
    });
    expect(refusal?.message).toContain('BLOCKED  zq-matrix-bad@1.0.0');
  });

  it('refuses with the reason where nobody could decide', async () => {
    const { judgePackage } = await session({}, ['--offline']);
    const refusal = await judgePackage(manifestOf('zq-matrix-one', CURRENT));
    expect(refusal?.message).toContain('nobody could decide on this install');
    expect(refusal?.hint).toContain('Run it again');
  });

  it('refuses where the lockfile or the configuration can’t be read', async () => {
    const broken = await session({ 'pnpm-lock.yaml': '{' });
    expect((await broken.judgeProject())?.message).toContain('LOCKFILE_UNREADABLE');
    await registry.close();
    const misconfigured = await session({ 'phantom-guard.config.json': '{ "failOn": 7 }' });
    expect((await misconfigured.judgeProject())?.message).toContain('CONFIG_INVALID');
  });
});

import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runningPackage } from '../../../src/wiring/package-root.js';
import { writeFiles, writeProject } from '../../support/projects.js';
import { startTarballRegistry, type TarballRegistry } from '../../support/tarball-registry.js';
import { runInit, snapshot } from '../../support/wiring.js';

const NAME = 'pnpm-plugin-phantom-guard';
const FILE = 'pnpm-workspace.yaml';
const OPTION = '--config-dependency';
const MANIFEST = '{"name":"zq-project","version":"1.0.0","packageManager":"pnpm@12.21.0"}';
const { version } = runningPackage();

type Files = Readonly<Record<string, string | object>>;

let registry: TarballRegistry;
beforeAll(async () => {
  registry = await startTarballRegistry([{ name: NAME, ageDays: 100, versions: { [version]: {} } }]);
});
afterAll(() => registry.close());

function project(files: Files = {}, env: Readonly<Record<string, string>> = {}) {
  const cwd = writeProject({ 'package.json': MANIFEST, ...files });
  const home = mkdtempSync(path.join(tmpdir(), 'phantom-guard-home-'));
  const own = {
    npm_config_registry: registry.url,
    pnpm_config_registry: registry.url,
    PHANTOM_GUARD_CACHE_DIR: path.join(home, 'cache'),
  };
  const init = (words: readonly string[], folder = '.') =>
    runInit([OPTION, ...words], { cwd: path.join(cwd, folder), home, env: { ...own, ...env } });
  return { cwd, home, init };
}

function pin(): string {
  return `${version}+${registry.lockEntry(NAME, version).integrity}`;
}

describe('init --config-dependency', () => {
  it.each<[string, Files]>([
    ['without pnpm-workspace.yaml', {}],
    ['with one', { [FILE]: '# mine\npackages:\n  - a\n' }],
    ['with other config dependencies', { [FILE]: `configDependencies:\n  zq-other: 1.0.0+sha512-x\n` }],
    ['with hooks in .pnpmfile.mjs', { '.pnpmfile.mjs': 'export {};' }],
    ['that names no manager', { 'package.json': '{"name":"p"}' }],
  ])('pins what the registry publishes in a project %s, once, and --undo takes it out', async (_, files) => {
    const { cwd, init } = project(files);
    const before = snapshot(cwd);
    const wired = await init(['--yes']);
    expect(wired).toMatchObject({ status: 0, stderr: '' });
    expect(wired.stdout).toContain(`+  ${NAME}: ${pin()}`);
    expect(snapshot(cwd)).toEqual({ ...before, [FILE]: expect.stringContaining(`\n  ${NAME}: ${pin()}\n`) });
    const after = snapshot(cwd);
    expect(await init(['--offline'])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Already wired'),
    });
    expect(snapshot(cwd)).toEqual(after);
    expect(await init(['--undo', '--yes'])).toMatchObject({ status: 0 });
    expect(snapshot(cwd)).toEqual(before);
    expect((await init(['--undo'])).stdout).toContain('nothing to take out');
  });

  it('wires the root of a workspace, tells what becomes of the lockfile, and brings an older pin up to date', async () => {
    const { cwd, init } = project({
      [FILE]: `configDependencies:\n  ${NAME}: 0.0.1+sha512-${'a'.repeat(86)}==\npackages: [a]\n`,
      'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
      'a/package.json': '{"name":"a","packageManager":"pnpm@12.21.0"}',
    });
    const { status, stdout } = await init(['--yes'], 'a');
    expect(status).toBe(0);
    expect(stdout).toContain('does not have the checksum of the plugin yet');
    expect(stdout).toContain(`lies in ${cwd}`);
    expect(readFileSync(path.join(cwd, FILE), 'utf8')).toBe(
      `configDependencies:\n  ${NAME}: ${pin()}\npackages: [a]\n`,
    );
    writeFiles(cwd, { 'pnpm-lock.yaml': "lockfileVersion: '9.0'\npnpmfileChecksum: sha256-x\n" });
    expect((await init(['--undo', '--yes'], 'a')).stdout).toContain('still has the checksum of the plugin');
  });

  it.each<[string, Files, RegExp]>([
    ['pnpm 10.12', { 'package.json': '{"packageManager":"pnpm@10.12.4"}' }, /10\.13\.0 and later do/],
    ['a project of npm', { 'package.json': '{"packageManager":"npm@11.0.0"}' }, /package\.json names npm/],
    ['ignorePnpmfile', { [FILE]: 'ignorePnpmfile: true\n' }, /would not call the plugin/],
    ['flow style', { [FILE]: '{ packages: [a] }\n' }, /Add it by hand/],
    ['a list in flow style', { [FILE]: 'configDependencies: { zq-other: 1.0.0 }\n' }, /Add it by hand/],
    [
      'an entry in the long form',
      { [FILE]: `configDependencies:\n  ${NAME}:\n    integrity: x\n` },
      /by hand/,
    ],
    ['a file that is no YAML', { [FILE]: '{' }, /MANIFEST_UNREADABLE/],
    [
      'another encoding',
      { [FILE]: Buffer.from('# caf\xe9\n', 'latin1') as unknown as string },
      /does not say that it has|by hand/,
    ],
  ])('refuses %s, and changes nothing', async (_, files, reason) => {
    const { cwd, init } = project(files);
    const [name] = Object.keys(files);
    const content = files[name ?? ''];
    if (Buffer.isBuffer(content)) writeFileSync(path.join(cwd, name ?? ''), content);
    const before = snapshot(cwd);
    const { status, stderr } = await init(['--yes']);
    expect({ status, stderr: stderr.replaceAll(/\s+/g, ' ') }).toEqual({
      status: 2,
      stderr: expect.stringMatching(reason),
    });
    expect(snapshot(cwd)).toEqual(before);
  });

  it.each([
    ['does not have it', (): string => `${registry.url}nobody/`],
    ['does not answer', (): string => 'http://127.0.0.1:9/'],
  ])('says that there is nothing to pin where the registry %s, and changes nothing', async (_, url) => {
    const { cwd, init } = project({}, { npm_config_registry: url(), pnpm_config_registry: url() });
    const before = snapshot(cwd);
    const { status, stderr } = await init(['--yes']);
    expect(status).toBe(2);
    expect(stderr).toContain('REGISTRY_UNAVAILABLE');
    expect(stderr).toContain(`${NAME}@${version}`);
    expect(snapshot(cwd)).toEqual(before);
  });

  it('asks the pnpm on the PATH for its version where the project names none', async () => {
    const bin = mkdtempSync(path.join(tmpdir(), 'phantom-guard-bin-'));
    writeFileSync(path.join(bin, 'pnpm'), '#!/bin/sh\necho 10.0.0\n');
    chmodSync(path.join(bin, 'pnpm'), 0o755);
    const files = { 'package.json': '{"name":"p"}', 'pnpm-lock.yaml': '' };
    const { init } = project(files, { PATH: `${bin}:/usr/bin:/bin` });
    expect(await init(['--yes'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('pnpm 10.0.0'),
    });
  });

  it('is not about a machine', async () => {
    expect(await project().init(['--global', '--yes'])).toMatchObject({ status: 2 });
  });
});

it('init --undo takes out the plugin with everything else', async () => {
  const { cwd, home, init } = project({ 'package.json': '{"name":"p"}' });
  const before = snapshot(cwd);
  await init(['--yes']);
  await runInit(['--offline', '--yes'], { cwd, home });
  expect(Object.keys(snapshot(cwd))).toContain('.pnpmfile.cjs');
  await runInit(['--undo', '--yes'], { cwd, home });
  expect(snapshot(cwd)).toEqual(before);
});

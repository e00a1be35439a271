import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import semver from 'semver';
import { afterEach, describe, expect, it } from 'vitest';
import { BYSTANDERS, CURRENT, matrixPackages } from '../../matrix/packages.js';
import { type PnpmManager, pnpmManagers, runPnpm } from '../../support/pnpm-managers.js';
import { PLUGIN_NAME, PLUGIN_RANGE, pluginPackage, pluginPin } from '../../support/pnpm-plugin.js';
import { writeFiles, writeProject } from '../../support/projects.js';
import type { ProcessRun } from '../../support/run-process.js';
import { startTarballRegistry, type TarballRegistry } from '../../support/tarball-registry.js';

const { managers, skipped } = pnpmManagers();
const [ONE, TWO] = BYSTANDERS;
const RELOCK = ['install', '--no-frozen-lockfile'];
const FROZEN = ['install', '--frozen-lockfile'];
const open: TarballRegistry[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((registry) => registry.close()));
});

/** A project with the plugin and nothing else of the guard: no home, no copy, nothing installed. */
async function project(manager: PnpmManager, dependencies: Readonly<Record<string, string>>) {
  const registry = await startTarballRegistry([...matrixPackages('bad'), pluginPackage()]);
  open.push(registry);
  const manifest = { name: 'zq-project', version: '1.0.0', private: true };
  const dir = writeProject({
    'package.json': { ...manifest, dependencies },
    'pnpm-workspace.yaml': `packages:\n  - a\nconfigDependencies:\n  ${PLUGIN_NAME}: ${pluginPin()}\n`,
    'a/package.json': { ...manifest, name: 'zq-a' },
  });
  let home = writeProject({});
  const pnpm = (words: readonly string[], cwd = dir) =>
    runPnpm(manager, words, { cwd, home, registry: registry.url });
  /** As a clone on another machine: an empty store, nothing installed. */
  const clone = () => {
    home = writeProject({});
    rmSync(path.join(dir, 'node_modules'), { recursive: true, force: true });
    registry.reset();
  };
  const ask = (added: Readonly<Record<string, string>>) =>
    writeFiles(dir, { 'package.json': { ...manifest, dependencies: added } });
  const has = (name: string) => existsSync(path.join(dir, 'node_modules', name));
  return { dir, registry, pnpm, clone, ask, has };
}

function said({ stdout, stderr }: ProcessRun): string {
  return `${stdout}${stderr}`.replaceAll(/[\s│]+/g, ' ');
}

/** What was downloaded beside the plugin. */
function downloads(registry: TarballRegistry): readonly string[] {
  return registry.requestedTarballs().filter((asked) => !asked.startsWith(`/${PLUGIN_NAME}/`));
}

it('ships what its threads run', () => {
  const { list } = JSON.parse(
    execFileSync(process.execPath, [
      '--input-type=module',
      '--eval',
      "import { pluginFiles } from './scripts/plugin-files.mjs'; console.log(JSON.stringify({ list: Object.keys(pluginFiles()) }))",
    ]).toString(),
  );
  expect(list).toEqual(expect.arrayContaining(['dist/workers/look-up-facts.js', 'dist/chunks/worker.js']));
});

it('the entry of the plugin is what lockfiles hold the checksum of', () => {
  const hash = createHash('sha256').update(readFileSync('plugin/pnpmfile.cjs')).digest('hex');
  expect(hash).toBe('f5b53f09b741042cf64071d8925c0be770af7db23011f89758943b46fcbdf730');
});

it.each(skipped)('skipped: %s', () => undefined);

describe.each(
  managers
    .filter(({ version }) => semver.satisfies(version, PLUGIN_RANGE))
    .map((manager) => ({ manager, version: manager.version })),
)('the config dependency on pnpm $version', ({ manager }) => {
  it('lets through what is beyond doubt, and again frozen in a clean clone with a cold store', async () => {
    const { pnpm, clone, has } = await project(manager, { [ONE]: CURRENT });
    const fresh = await pnpm(RELOCK);
    expect([fresh.status, said(fresh)]).toEqual([0, expect.not.stringContaining('phantom-guard-install')]);
    clone();
    const frozen = await pnpm(FROZEN);
    expect([frozen.status, said(frozen)]).toEqual([0, expect.not.stringContaining('phantom-guard-install')]);
    expect(has(ONE)).toBe(true);
  });

  it('ends an install of an invented name before anything else is downloaded', async () => {
    const { pnpm, registry, has } = await project(manager, { [ONE]: CURRENT, 'zq-nobody-owns-it': '1.0.0' });
    const run = await pnpm(RELOCK);
    expect(said(run)).toContain('BLOCKED zq-nobody-owns-it');
    expect(run.status).not.toBe(0);
    expect(downloads(registry)).toEqual([]);
    expect(has('.pnpm')).toBe(false);
  });

  it('ends a frozen install of a locked squat in a clean clone', async () => {
    const { dir, pnpm, registry, clone, has } = await project(manager, { 'zq-matrix-bad': '1.0.0' });
    const lockOnly = ['install', '--lockfile-only', '--ignore-pnpmfile'];
    expect((await pnpm(lockOnly)).status).toBe(0);
    const lockfile = readFileSync(path.join(dir, 'pnpm-lock.yaml'), 'utf8');
    expect(lockfile).toContain('zq-matrix-bad');
    clone();
    const run = await pnpm(FROZEN);
    expect(run.status).not.toBe(0);
    expect(said(run)).toContain('BLOCKED zq-matrix-bad');
    expect(downloads(registry)).toEqual([]);
    expect(has('.pnpm')).toBe(false);
  });

  it('ends an install for what a dependency asks for', async () => {
    const { pnpm, has } = await project(manager, { 'zq-matrix-carrier': CURRENT });
    const run = await pnpm(RELOCK);
    expect(said(run)).toContain('asked for by root > zq-matrix-carrier@1.24.0 > zq-matrix-bad@1.0.0');
    expect(run.status).not.toBe(0);
    expect(has('.pnpm')).toBe(false);
  });

  it('judges the project that is meant, wherever pnpm is called', async () => {
    const { dir, pnpm } = await project(manager, { 'zq-nobody-owns-it': '1.0.0' });
    const elsewhere = await pnpm(['-C', dir, ...RELOCK], path.parse(dir).root);
    expect([elsewhere.status !== 0, said(elsewhere)]).toEqual([
      true,
      expect.stringContaining('BLOCKED zq-nobody-owns-it'),
    ]);
    const member = await pnpm(RELOCK, path.join(dir, 'a'));
    expect([member.status !== 0, said(member)]).toEqual([
      true,
      expect.stringContaining('BLOCKED zq-nobody-owns-it'),
    ]);
  });

  it('runs beside the hooks that the project has, and judges what they add', async () => {
    const { dir, pnpm, has } = await project(manager, { [ONE]: CURRENT });
    const add = `module.exports = { hooks: { readPackage(manifest) {
      if (manifest.name === '${ONE}') manifest.dependencies = { [process.env.ZQ_ADDED]: '*' };
      return manifest;
    } } };\n`;
    const hooks = (added: string) =>
      writeFiles(dir, { '.pnpmfile.cjs': add.replace('process.env.ZQ_ADDED', `'${added}'`) });
    hooks('zq-matrix-bad');
    const refused = await pnpm(RELOCK);
    expect([refused.status !== 0, said(refused)]).toEqual([
      true,
      expect.stringContaining('BLOCKED zq-matrix-bad'),
    ]);
    hooks(TWO);
    expect((await pnpm(RELOCK)).status).toBe(0);
    expect(has(`.pnpm/${TWO}@${CURRENT}`)).toBe(true);
    expect((await pnpm(FROZEN)).status).toBe(0);
  });
});

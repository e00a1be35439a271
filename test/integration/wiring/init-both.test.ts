import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageLock, writeProject } from '../../support/projects.js';
import { runInit, snapshot } from '../../support/wiring.js';

const NPM = '.phantom-guard/preinstall.cjs';
const PNPM = '.pnpmfile.cjs';
const LOCK = "lockfileVersion: '9.0'\n";

type Files = Readonly<Record<string, string | object>>;

function project(files: Files, folder = '.') {
  const cwd = writeProject({ 'package.json': '{"name":"p","private":true}', ...files });
  const home = mkdtempSync(path.join(tmpdir(), 'phantom-guard-home-'));
  const init = (...words: string[]) =>
    runInit(['--offline', ...words], { cwd: path.join(cwd, folder), home });
  /** Which managers are wired in a folder. */
  const wired = (below = '') => {
    const files = snapshot(path.join(cwd, below));
    const { scripts = {} } = JSON.parse(files['package.json'] ?? '{}') as {
      scripts?: { preinstall?: string };
    };
    const ofNpm = scripts.preinstall === `node ${NPM}` && files[NPM] !== undefined ? ['npm'] : [];
    const stub = files[PNPM] === readFileSync('hooks/pnpmfile-stub.cjs', 'latin1');
    return stub && files['.phantom-guard/pnpmfile.cjs'] !== undefined ? [...ofNpm, 'pnpm'] : ofNpm;
  };
  return { cwd, init, wired };
}

describe('init in a project that names no manager', () => {
  it.each<[string, Files]>([
    ['nothing else', {}],
    ["npm's lockfile", { 'package-lock.json': packageLock({}) }],
    ["pnpm's lockfile", { 'pnpm-lock.yaml': LOCK }],
    ['both lockfiles', { 'package-lock.json': packageLock({}), 'pnpm-lock.yaml': LOCK }],
    ['a pnpm-workspace.yaml', { 'pnpm-workspace.yaml': 'packages: []\n' }],
    ['hooks of pnpm and a script of npm', { [PNPM]: 'module.exports = {};', '.npmrc': 'fund=false\n' }],
  ])('and has %s wires both, once, and --undo takes both out', async (_, files) => {
    const { cwd, init, wired } = project(files);
    const before = snapshot(cwd);
    const { status, stdout } = await init('--yes');
    expect(status).toBe(0);
    expect(wired()).toEqual(['npm', 'pnpm']);
    expect(stdout.match(/^\+\+\+ \.phantom-guard\/preinstall\.cjs$/gm)).toHaveLength(1);
    const after = snapshot(cwd);
    expect(await init()).toMatchObject({ status: 0, stdout: expect.stringContaining('Already wired') });
    expect(snapshot(cwd)).toEqual(after);
    await init('--undo', '--yes');
    expect(snapshot(cwd)).toEqual(before);
  });

  it.each<[string, Files, readonly string[], RegExp]>([
    [
      'pnpm can not be wired',
      { 'package-lock.json': packageLock({}), '.pnpmfile.mjs': 'export {};' },
      ['npm'],
      /pnpm is not wired: there is a \.pnpmfile\.mjs/,
    ],
    [
      'npm can not be wired',
      { 'pnpm-lock.yaml': LOCK, 'package.json': '{"name":"p","scripts":{"preinstall":7}}' },
      ['pnpm'],
      /npm is not wired: /,
    ],
  ])('goes on where %s, and says so', async (_, files, managers, note) => {
    const { init, wired } = project(files);
    const { status, stdout } = await init('--yes');
    expect([status, stdout]).toEqual([0, expect.stringMatching(note)]);
    expect(wired()).toEqual(managers);
  });

  it('ends with 2 where the manager in use can not be wired', async () => {
    const { init, wired } = project({ 'pnpm-lock.yaml': LOCK, '.pnpmfile.mjs': 'export {};' });
    expect(await init('--yes')).toMatchObject({ status: 2 });
    expect(wired()).toEqual([]);
  });

  it('leaves npm out in a project of a workspace of pnpm', async () => {
    const files = { 'pnpm-workspace.yaml': 'packages: [a]\n', 'a/package.json': '{"name":"a"}' };
    const { init, wired } = project(files, 'a');
    expect((await init('--yes')).stdout).toContain('npm is not wired here');
    expect([wired(), wired('a')]).toEqual([['pnpm'], []]);
  });
});

describe('init in a project that names its manager', () => {
  it.each<[string, Files, readonly string[]]>([
    ['npm', { 'package.json': '{"packageManager":"npm@11.0.0"}', 'pnpm-lock.yaml': LOCK }, ['npm']],
    ['pnpm', { 'package.json': '{"packageManager":"pnpm@10.34.9"}' }, ['pnpm']],
    [
      'pnpm in devEngines',
      { 'package.json': '{"devEngines":{"packageManager":{"name":"pnpm"}}}', 'package-lock.json': '{}' },
      ['pnpm'],
    ],
  ])('wires %s, and not the other', async (_, files, managers) => {
    const { init, wired } = project(files);
    expect(await init('--yes')).toMatchObject({ status: 0 });
    expect(wired()).toEqual(managers);
  });
});

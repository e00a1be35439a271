import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeFiles, writeProject } from '../../support/projects.js';
import { runInit, snapshot } from '../../support/wiring.js';

const LOCK = "lockfileVersion: '9.0'\n";
const MANIFEST = '{"name":"zq-project","version":"1.0.0","packageManager":"pnpm@10.34.9"}';
const HOOKS = 'module.exports = { hooks: {} };\n';
const STUB = readFileSync('hooks/pnpmfile-stub.cjs', 'utf8');

type Files = Readonly<Record<string, string | object>>;

/** Nobody knows the integrity of the guard here, so no record is written. */
function project(files: Files = {}, folder = '.') {
  const cwd = writeProject({ 'package.json': MANIFEST, ...files });
  const home = mkdtempSync(path.join(tmpdir(), 'phantom-guard-home-'));
  const init = (...words: string[]) =>
    runInit(['--offline', ...words], { cwd: path.join(cwd, folder), home });
  const write = (more: Files) => writeFiles(cwd, more);
  const remove = (name: string) => rmSync(path.join(cwd, name), { recursive: true });
  return { cwd, init, write, remove };
}

describe('init in a pnpm project', () => {
  it('writes the stub and what it loads, and says what becomes of the lockfile', async () => {
    const { cwd, init } = project({ 'pnpm-lock.yaml': LOCK });
    const { status, stdout } = await init('--yes');
    expect(status).toBe(0);
    expect(stdout).toContain('+++ .pnpmfile.cjs');
    expect(stdout).toContain('run "pnpm install --no-frozen-lockfile" once');
    expect(stdout).toContain('ERR_PNPM_LOCKFILE_CONFIG_MISMATCH');
    expect(stdout).toContain('add -g');
    expect(snapshot(cwd)).toEqual({
      '.phantom-guard': '/',
      '.phantom-guard/pnpmfile.cjs': readFileSync('hooks/pnpmfile.cjs', 'latin1'),
      '.phantom-guard/preinstall.cjs': readFileSync('hooks/preinstall.cjs', 'latin1'),
      '.pnpmfile.cjs': STUB,
      'package.json': MANIFEST,
      'pnpm-lock.yaml': LOCK,
    });
  });

  it.each<[string, Files]>([
    ['without hooks', {}],
    ['with hooks', { '.pnpmfile.cjs': '\uFEFF// caf\u00e9\r\nmodule.exports = {};' }],
    ['that its lockfile names', { 'package.json': '{"name":"p"}', 'pnpm-lock.yaml': LOCK }],
    [
      'that its workspace file names',
      { 'package.json': '{"name":"p"}', 'pnpm-workspace.yaml': 'packages: []\n' },
    ],
    ['with its own setting', { '.npmrc': 'pnpmfile=./.pnpmfile.cjs\nignore-pnpmfile=false\n' }],
    ['with a list of pnpmfiles', { 'pnpm-workspace.yaml': 'pnpmfile: [other.cjs, .pnpmfile.cjs]\n' }],
    [
      'with an npm record beside',
      { 'pnpm-lock.yaml': `${LOCK}pnpmfileChecksum: sha256-x\n`, 'yarn.lock': '' },
    ],
  ])(
    'changes nothing the second time, and --undo leaves a project %s byte for byte as it was',
    async (_, files) => {
      const { cwd, init } = project(files);
      const before = snapshot(cwd);
      expect(await init('--yes')).toMatchObject({ status: 0 });
      const wired = snapshot(cwd);
      expect(wired['.pnpmfile.cjs']).toBe(STUB);
      expect(wired['.pnpmfile.user.cjs']).toBe(before['.pnpmfile.cjs']);
      expect(await init()).toMatchObject({ status: 0, stdout: expect.stringContaining('Already wired') });
      expect(snapshot(cwd)).toEqual(wired);
      const undone = await init('--undo', '--yes');
      expect(undone).toMatchObject({ status: 0, stdout: expect.stringContaining('Taken out.') });
      expect(snapshot(cwd)).toEqual(before);
      expect((await init('--undo')).stdout).toContain('nothing to take out');
    },
  );

  it('keeps the permissions of the hooks', async () => {
    const { cwd, init } = project({ '.pnpmfile.cjs': HOOKS });
    const mode = (name: string) => statSync(path.join(cwd, name)).mode & 0o777;
    chmodSync(path.join(cwd, '.pnpmfile.cjs'), 0o640);
    await init('--yes');
    expect(mode('.pnpmfile.user.cjs')).toBe(0o640);
    await init('--undo', '--yes');
    expect(mode('.pnpmfile.cjs')).toBe(0o640);
  });

  it('tells after --undo that the lockfile has a checksum, and which projects have lockfiles of their own', async () => {
    const { init } = project({
      'pnpm-lock.yaml': `${LOCK}pnpmfileChecksum: sha256-x\n`,
      'pnpm-workspace.yaml': 'sharedWorkspaceLockfile: false\n',
    });
    expect((await init('--yes')).stdout).toContain('sharedWorkspaceLockfile is false');
    expect((await init()).stdout).not.toContain('ERR_PNPM');
    expect((await init('--undo', '--yes')).stdout).toContain('still has the checksum of the stub');
  });

  it.each<[string, Files, RegExp]>([
    ['two files of hooks', { '.pnpmfile.cjs': HOOKS, '.pnpmfile.user.cjs': 'x' }, /both there/],
    ['hooks that nobody runs', { '.pnpmfile.user.cjs': HOOKS }, /init would make its hooks run/],
    ['.pnpmfile.mjs', { '.pnpmfile.mjs': 'export {};' }, /pnpm 11 and later would not load/],
    ['pnpmfile= in .npmrc', { '.npmrc': 'pnpmfile=hooks/a.cjs\n' }, /pnpm up to 10 would not load/],
    [
      'ignore-pnpmfile in .npmrc',
      { '.npmrc': 'ignore-pnpmfile=true\n' },
      /\.npmrc says ignore-pnpmfile=true/,
    ],
    [
      'pnpmfile: in the workspace',
      { 'pnpm-workspace.yaml': 'pnpmfile: a.cjs\n' },
      /pnpm from late 10 on would not/,
    ],
    ['ignorePnpmfile', { 'pnpm-workspace.yaml': 'ignorePnpmfile: true\n' }, /says ignorePnpmfile: true/],
    ['no YAML', { 'pnpm-workspace.yaml': '{' }, /MANIFEST_UNREADABLE/],
    ['a changed stub', { '.pnpmfile.cjs': `${STUB}// more\n` }, /somebody changed it/],
    ['another .phantom-guard', { '.phantom-guard/pnpmfile.cjs': 'x' }, /is not this program's/],
  ])('refuses %s, and writes nothing', async (_, files, reason) => {
    const { cwd, init } = project(files);
    const before = snapshot(cwd);
    const { status, stderr } = await init('--yes');
    expect({ status, stderr: stderr.replaceAll(/\s+/g, ' ') }).toEqual({
      status: 2,
      stderr: expect.stringMatching(reason),
    });
    expect(snapshot(cwd)).toEqual(before);
  });

  it('refuses a link in the place of the hooks', async () => {
    const { cwd, init } = project({ 'real.cjs': HOOKS });
    symlinkSync('real.cjs', path.join(cwd, '.pnpmfile.cjs'));
    expect(await init('--yes')).toMatchObject({ status: 2, stderr: expect.stringContaining('is a link') });
    expect(readFileSync(path.join(cwd, 'real.cjs'), 'utf8')).toBe(HOOKS);
  });

  it('takes a stub with the line ends of Windows for its own, and puts it right', async () => {
    const { cwd, init, write } = project();
    await init('--yes');
    write({ '.pnpmfile.cjs': STUB.replaceAll('\n', '\r\n') });
    await init('--yes');
    expect(snapshot(cwd)['.pnpmfile.cjs']).toBe(STUB);
    expect(snapshot(cwd)['.pnpmfile.user.cjs']).toBeUndefined();
  });

  it('puts a stub back that somebody deleted', async () => {
    const { cwd, init, remove } = project({ '.pnpmfile.cjs': HOOKS });
    await init('--yes');
    const wired = snapshot(cwd);
    remove('.pnpmfile.cjs');
    await init('--yes');
    expect(snapshot(cwd)).toEqual(wired);
  });

  it('gives hooks that somebody wrote meanwhile back under the name that pnpm knows', async () => {
    const { cwd, init, write, remove } = project();
    await init('--yes');
    write({ '.pnpmfile.user.cjs': HOOKS });
    remove('.pnpmfile.cjs');
    await init('--undo', '--yes');
    expect(snapshot(cwd)).toEqual({ '.pnpmfile.cjs': HOOKS, 'package.json': MANIFEST });
  });

  it('leaves hooks alone that are neither the stub nor its copy', async () => {
    const { cwd, init, write } = project({ '.pnpmfile.cjs': HOOKS });
    await init('--yes');
    write({ '.pnpmfile.cjs': 'module.exports = {};' });
    expect((await init('--undo', '--yes')).stdout).toContain('stays beside it');
    expect(Object.keys(snapshot(cwd))).toEqual(['.pnpmfile.cjs', '.pnpmfile.user.cjs', 'package.json']);
  });
});

/** What a kill after each change but the last leaves, in both directions. */
describe('a run that was killed', () => {
  const half = async () => {
    const made = project({ '.pnpmfile.cjs': HOOKS });
    const before = snapshot(made.cwd);
    await made.init('--yes');
    const wired = snapshot(made.cwd);
    made.write({ '.pnpmfile.cjs': HOOKS });
    return { ...made, before, wired };
  };

  it('before the stub is written is finished by the next', async () => {
    const { cwd, init, wired } = await half();
    expect(await init('--yes')).toMatchObject({ status: 0 });
    expect(snapshot(cwd)).toEqual(wired);
  });

  it('between stub and copy on the way out is finished by the next', async () => {
    const { cwd, init, before } = await half();
    expect(await init('--undo', '--yes')).toMatchObject({ status: 0 });
    expect(snapshot(cwd)).toEqual(before);
  });

  it.each(['--yes', '--undo'])('%s writes what is loaded before what loads it', async (word) => {
    const { cwd, init } = project({ '.pnpmfile.cjs': HOOKS });
    if (word === '--undo') await init('--yes');
    const { stdout } = await init('--yes', '--format', 'json', ...(word === '--undo' ? [word] : []));
    const order = JSON.parse(stdout).init.changes.map((one: { path: string }) =>
      path.relative(cwd, one.path),
    );
    expect(order).toEqual(
      word === '--undo'
        ? [
            '.pnpmfile.cjs',
            '.pnpmfile.user.cjs',
            '.phantom-guard/pnpmfile.cjs',
            '.phantom-guard/preinstall.cjs',
          ]
        : [
            '.phantom-guard/preinstall.cjs',
            '.phantom-guard/pnpmfile.cjs',
            '.pnpmfile.user.cjs',
            '.pnpmfile.cjs',
          ],
    );
  });
});

describe('init in a workspace of pnpm', () => {
  const files = { 'pnpm-workspace.yaml': 'packages: [a]\n', 'a/package.json': '{"name":"zq-a"}' };

  it('wires the root from the folder of a project, and takes it out from there', async () => {
    const { cwd, init } = project(files, 'a');
    const before = snapshot(cwd);
    const { stdout } = await init('--yes');
    expect(stdout).toContain('+++ ../.pnpmfile.cjs');
    expect(stdout).toContain(`pnpm workspace in ${cwd}`);
    expect(snapshot(cwd)['.pnpmfile.cjs']).toBe(STUB);
    expect(snapshot(cwd)['a/.pnpmfile.cjs']).toBeUndefined();
    await init('--undo', '--yes');
    expect(snapshot(cwd)).toEqual(before);
  });

  it('leaves the workspace alone for a project in it that names npm, or what it can not wire', async () => {
    const { cwd, init, write } = project(
      { ...files, 'a/package.json': '{"name":"a","packageManager":"npm@11.0.0"}' },
      'a',
    );
    expect((await init('--yes')).stdout).toContain('+++ package.json');
    expect(snapshot(cwd)['.pnpmfile.cjs']).toBeUndefined();
    write({ 'a/package.json': { name: 'a', packageManager: 'yarn@4.0.0' } });
    expect(await init('--yes')).toMatchObject({ status: 2 });
    expect(await init('--undo', '--yes')).toMatchObject({ status: 0 });
    expect(snapshot(cwd)['a/.phantom-guard']).toBeUndefined();
  });
});

it('takes out what was wired for npm and for pnpm, each thing once', async () => {
  const { cwd, init, write } = project({ 'package.json': '{"name":"p"}' });
  const before = snapshot(cwd);
  await init('--yes');
  write({ 'pnpm-lock.yaml': LOCK });
  await init('--yes');
  writeFileSync(path.join(cwd, 'pnpm-lock.yaml'), LOCK);
  const { stdout } = await init('--undo', '--yes');
  expect(stdout.match(/^--- .phantom-guard\/preinstall.cjs$/gm)).toHaveLength(1);
  expect(snapshot(cwd)).toEqual({ ...before, 'pnpm-lock.yaml': LOCK });
});

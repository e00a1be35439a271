import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Io } from '../../../src/cli/io.js';
import { parseCommandLine } from '../../../src/cli/parse-command-line.js';
import { pnpmVersionNotices, readPnpmConfig } from '../../../src/cli/pnpm-config.js';
import { fakeIo } from '../../support/fake-io.js';
import { writeFiles, writeProject } from '../../support/projects.js';

const WORKSPACE = { 'pnpm-workspace.yaml': 'packages: [packages/*]\nregistry: http://127.0.0.1:1/\n' };
const PINNED = { 'package.json': { name: 'p', packageManager: 'pnpm@10.12.1' } };
const BARE = { 'package.json': { name: 'p' } };

const read = (dir: string, running: 'npm' | 'pnpm' | null = null, change: Partial<Io> = {}) =>
  readPnpmConfig(dir, running, { ...fakeIo().io, ...change });

describe('what pnpm reads of registries', () => {
  it('counts where pnpm is at work, and where the project uses it', async () => {
    const plain = writeProject(BARE);
    expect(await read(plain)).toBeNull();
    expect(await read(plain, 'pnpm')).toMatchObject({ version: null, workspace: { registry: null } });
    expect(await read(writeProject({ ...PINNED, ...WORKSPACE }), 'npm')).toBeNull();
    expect(await read(writeProject({ ...PINNED, ...WORKSPACE }))).toMatchObject({
      version: { major: 10, minor: 12 },
      workspace: { registry: 'http://127.0.0.1:1/' },
    });
    expect(await read(writeProject({ ...BARE, 'pnpm-lock.yaml': '' }))).not.toBeNull();
  });

  it('counts in a folder of a workspace that names no other manager', async () => {
    const root = writeProject({
      ...WORKSPACE,
      ...PINNED,
      'packages/a/package.json': BARE['package.json'],
      'packages/npm/package.json': { name: 'n', packageManager: 'npm@11.0.0' },
      'packages/engine/package.json': { devEngines: { packageManager: { name: 'npm' } } },
      'packages/locked/package.json': BARE['package.json'],
      'packages/locked/package-lock.json': {},
      'packages/yarn/package.json': { packageManager: 'yarn@4.0.0' },
      'packages/empty/README.md': '',
    });
    const inside = (name: string) => read(path.join(root, 'packages', name));
    expect(await inside('a')).toMatchObject({
      version: { major: 10, minor: 12 },
      workspace: { path: path.join(root, 'pnpm-workspace.yaml'), registry: 'http://127.0.0.1:1/' },
    });
    expect(await inside('empty')).not.toBeNull();
    for (const name of ['npm', 'engine', 'locked', 'yarn']) expect(await inside(name)).toBeNull();
  });

  it('is asked in a folder that is not there, or has a manifest that cannot be read', async () => {
    expect(await read('/nowhere/project')).toBeNull();
    expect(await read('/nowhere/project', 'pnpm')).toMatchObject({ version: null });
    expect(await read(writeProject({ 'package.json': '{', 'pnpm-lock.yaml': '' }))).not.toBeNull();
  });

  it('believes the pnpm that runs the script before package.json', async () => {
    const dir = writeProject(PINNED);
    const env = { npm_config_user_agent: 'pnpm/12.3.4 npm/? node/v24.0.0 linux x64' };
    expect(await read(dir, 'pnpm', { env })).toMatchObject({ version: { major: 12, minor: 3 } });
    const other = { npm_config_user_agent: 'npm/11.0.0 node/v24.0.0' };
    expect(await read(dir, 'pnpm', { env: other })).toMatchObject({ version: { major: 10, minor: 12 } });
  });

  it.each<[Partial<Io>, string]>([
    [{ platform: 'linux' }, '.config/pnpm'],
    [{ platform: 'darwin' }, 'Library/Preferences/pnpm'],
    [{ platform: 'win32' }, '.config/pnpm'],
  ])("finds the user's files where pnpm looks for them: %o", async (change, folder) => {
    const home = writeProject({});
    writeFiles(path.join(home, folder), {
      'config.yaml': 'registry: http://127.0.0.1:2/\n',
      'auth.ini': 'registry=http://127.0.0.1:3/\n',
      rc: 'registry=http://127.0.0.1:4/\n',
    });
    expect(await read(writeProject(BARE), 'pnpm', { ...change, home, env: {} })).toMatchObject({
      user: { registry: 'http://127.0.0.1:2/' },
      authIni: { text: 'registry=http://127.0.0.1:3/\n' },
      rc: { path: path.join(home, folder, 'rc') },
    });
  });

  it('takes the folder of the environment first', async () => {
    const folder = writeProject({ 'pnpm/rc': 'a=b\n', 'pnpm/config/rc': 'c=d\n' });
    const dir = writeProject(BARE);
    const rcOf = async (change: Partial<Io>) => (await read(dir, 'pnpm', change))?.rc?.text;
    expect(await rcOf({ env: { XDG_CONFIG_HOME: folder }, platform: 'darwin' })).toBe('a=b\n');
    expect(await rcOf({ env: { LOCALAPPDATA: folder }, platform: 'win32' })).toBe('c=d\n');
  });
});

describe('the notice on versions of pnpm', () => {
  const { options } = parseCommandLine(['check']);
  async function notices(files: Readonly<Record<string, string | object>>, env = {}) {
    const dir = writeProject(files);
    const { io } = fakeIo({ cwd: dir, env });
    return await pnpmVersionNotices(await readPnpmConfig(dir, 'pnpm', io), dir, options, io);
  }

  it('is given where they ask other registries, and package.json does not say which one it is', async () => {
    expect(await notices({ ...BARE, ...WORKSPACE })).toEqual([
      expect.stringContaining('which package.json does not name (packageManager)'),
    ]);
    expect(await notices({ ...PINNED, ...WORKSPACE })).toEqual([]);
  });

  it('is not given where they all ask the same', async () => {
    expect(await notices(BARE)).toEqual([]);
    const same = { ...WORKSPACE, '.npmrc': 'registry=http://127.0.0.1:1/\n' };
    expect(await notices({ ...BARE, ...same })).toEqual([]);
    expect(await pnpmVersionNotices(null, '/nowhere', options, fakeIo().io)).toEqual([]);
  });
});

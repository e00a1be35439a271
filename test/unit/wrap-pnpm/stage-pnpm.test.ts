import { existsSync, lstatSync, readlinkSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { pnpmFiles, stagePnpm } from '../../../src/wrap-pnpm/stage-pnpm.js';
import { writeProject } from '../../support/projects.js';

const load = createRequire(import.meta.url);

/** What the pnpmfile of the copy gives pnpm. */
async function hooksIn(files: Readonly<Record<string, string | object>>) {
  const staged = await stagePnpm(writeProject(files));
  try {
    const judge = load(path.join(staged.root, '.phantom-guard/pnpmfile.cjs')) as (dir: string) => {
      readonly own?: true;
      readonly hooks: { readonly readPackage: (manifest: object) => object };
    };
    return judge(staged.root);
  } finally {
    await staged.remove();
  }
}

describe('a copy of a project for pnpm', () => {
  it('has everything but what is installed and the history, with links as they are', async () => {
    const root = writeProject({
      'package.json': {},
      'packages/app/src/index.js': '',
      'packages/app/node_modules/a/index.js': '',
      'node_modules/a/index.js': '',
      '.git/HEAD': '',
    });
    symlinkSync('packages/app', path.join(root, 'link'));
    const { root: copy, placeOf, remove } = await stagePnpm(root);
    const there = (file: string) => existsSync(path.join(copy, file));
    expect(['package.json', 'packages/app/src/index.js'].every(there)).toBe(true);
    expect(['node_modules', 'packages/app/node_modules', '.git'].some(there)).toBe(false);
    expect(lstatSync(path.join(copy, 'link')).isSymbolicLink()).toBe(true);
    expect(readlinkSync(path.join(copy, 'link'))).toBe('packages/app');
    expect(placeOf(path.join(root, 'packages/app'))).toBe(path.join(copy, 'packages/app'));
    await remove();
    expect(existsSync(copy)).toBe(false);
  });

  it('has the hooks of the user without those of the guard', async () => {
    const guarded = { '.phantom-guard/pnpmfile.cjs': 'throw new Error()' };
    const manifest = { name: 'widget' };
    expect((await hooksIn(guarded)).hooks.readPackage(manifest)).toBe(manifest);
    const own = 'module.exports = { own: true, hooks: {} };';
    expect((await hooksIn({ ...guarded, '.pnpmfile.user.cjs': own })).own).toBe(true);
  });

  it('leaves nothing where it can not be made', async () => {
    await expect(stagePnpm('/nowhere/project')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('the files that decide what pnpm installs', () => {
  it('are manifests, settings and lockfiles wherever they lie, not those of what is installed', async () => {
    const deciding = {
      'package.json': '1',
      'pnpm-workspace.yaml': '2',
      'pnpm-lock.main.yaml': '3',
      'packages/app/package.json': '4',
      'packages/app/pnpm-lock.yaml': '5',
    };
    const others = { 'README.md': '', 'node_modules/a/package.json': '', '.git/package.json': '' };
    const files = await pnpmFiles(writeProject({ ...deciding, ...others }));
    expect(Object.fromEntries([...files].map(([file, bytes]) => [file, String(bytes)]))).toEqual(deciding);
  });
});

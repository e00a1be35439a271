import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type PnpmStaging, pnpmFiles, stagePnpm } from '../../../src/wrap-pnpm/stage-pnpm.js';
import { writeProject } from '../../support/projects.js';

const open: PnpmStaging[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ remove }) => remove()));
});

async function stage(root: string): Promise<PnpmStaging> {
  const staged = await stagePnpm(root);
  open.push(staged);
  return staged;
}

const FILES = {
  'package.json': {},
  'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
  'pnpm-lock.feature.yaml': "lockfileVersion: '9.0'\n",
  'pnpm-workspace.yaml': 'packages: ["a"]\n',
  'a/package.json': { name: 'a' },
  'a/index.js': '1',
  'node_modules/x/package.json': {},
  '.git/package.json': {},
};
const DECIDING = [
  'a/package.json',
  'package.json',
  'pnpm-lock.feature.yaml',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
];

describe('the copy in which pnpm resolves', () => {
  it('has all of the project but what is installed and its history', async () => {
    const root = writeProject(FILES);
    const staged = await stage(root);
    expect(readFileSync(path.join(staged.root, 'a/index.js'), 'utf8')).toBe('1');
    expect(staged.placeOf(path.join(root, 'a'))).toBe(path.join(staged.root, 'a'));
    for (const name of ['node_modules', '.git']) expect(existsSync(path.join(staged.root, name))).toBe(false);
    await staged.remove();
    expect(existsSync(staged.root)).toBe(false);
  });

  it('has the hooks of the user and none of ours, which judge nothing there', async () => {
    const wired = { ...FILES, '.phantom-guard/pnpmfile.cjs': 'throw new Error("ours")' };
    const own = 'module.exports = { hooks: { readPackage: () => "own" } };';
    const hooksOf = async (files: Parameters<typeof writeProject>[0]) => {
      const { root } = await stage(writeProject(files));
      const hooks = createRequire(import.meta.url)(path.join(root, '.phantom-guard/pnpmfile.cjs')) as (
        dir: string,
      ) => { hooks: { readPackage: (manifest: string) => string } };
      return hooks(root).hooks.readPackage('as it was');
    };
    expect(await hooksOf(wired)).toBe('as it was');
    expect(await hooksOf({ ...wired, '.pnpmfile.user.cjs': own })).toBe('own');
  });

  it('leaves nothing behind where a project can not be copied', async () => {
    await expect(stagePnpm(path.join(writeProject({}), 'nowhere'))).rejects.toThrow(/ENOENT/);
  });
});

describe('the files that decide what pnpm installs', () => {
  it('are lockfiles, manifests and settings, at every depth but in what is installed', async () => {
    const files = await pnpmFiles(writeProject(FILES));
    expect([...files.keys()].toSorted()).toEqual(DECIDING);
    expect(String(files.get('a/package.json'))).toBe(
      readFileSync(path.join(writeProject(FILES), 'a/package.json'), 'utf8'),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { createRepository } from '../../support/git.js';
import { packageLock } from '../../support/projects.js';
import { changesIn, locked, OTHER_INTEGRITY, pnpmLock } from './support.js';

const MANIFEST = {
  name: 'project',
  version: '1.0.0',
  dependencies: { 'widget-kit': '*', 'widget-base': '*' },
};
const LOCK = packageLock({ ...locked('widget-kit'), ...locked('widget-base') });
const PROJECT = { 'package.json': MANIFEST, 'package-lock.json': LOCK };

describe('what changed in a package-lock.json', () => {
  it('is nothing in a clean work tree, and the commit is named', async () => {
    const { dir, git } = createRepository(PROJECT);
    const { ids, since } = await changesIn(dir, 'main');
    expect(ids).toEqual([]);
    expect(since).toEqual({ ref: 'main', commit: git('rev-parse', 'HEAD'), unchanged: 2 });
  });

  it.each([
    ['version', { version: '1.0.1' }],
    ['resolved alone', { resolved: 'https://other.example.test/widget-kit/-/widget-kit-1.0.0.tgz' }],
    ['integrity alone', { integrity: OTHER_INTEGRITY }],
    ['integrity, which went', { integrity: undefined }],
  ])('is the entry with another %s', async (_, change) => {
    const { dir, write } = createRepository(PROJECT);
    write({
      'package-lock.json': packageLock({ ...locked('widget-kit', change), ...locked('widget-base') }),
    });
    expect((await changesIn(dir)).ids).toEqual(['node_modules/widget-kit']);
  });

  it('is what a commit added, seen from the one before', async () => {
    const { dir, commit } = createRepository(PROJECT);
    const added = { ...locked('widget-kit'), ...locked('widget-base'), ...locked('widget-new') };
    commit({ 'package-lock.json': packageLock(added) });
    expect((await changesIn(dir, 'HEAD')).ids).toEqual([]);
    expect((await changesIn(dir, 'HEAD~1')).ids).toEqual(['node_modules/widget-new']);
  });

  it('is what package.json asks for beyond it', async () => {
    const { dir, write } = createRepository(PROJECT);
    write({
      'package.json': { ...MANIFEST, dependencies: { ...MANIFEST.dependencies, 'widget-new': '^1' } },
    });
    expect((await changesIn(dir)).ids).toEqual(['declared:widget-new']);
    expect((await changesIn(dir, 'HEAD', 'package.json')).ids).toEqual(['declared:widget-new']);
  });

  it('is seen from a folder of the repository, with odd characters in its name', async () => {
    const folder = 'apps/a b $(id)\n:x';
    const { dir, write } = createRepository({
      [`${folder}/package.json`]: MANIFEST,
      [`${folder}/package-lock.json`]: LOCK,
    });
    expect((await changesIn(dir, 'HEAD', folder)).ids).toEqual([]);
    write({
      [`${folder}/package-lock.json`]: packageLock({
        ...locked('widget-kit'),
        ...locked('widget-base'),
        ...locked('widget-new'),
      }),
    });
    expect((await changesIn(dir, 'HEAD', folder)).ids).toEqual(['node_modules/widget-new']);
    expect((await changesIn(dir, 'HEAD', `${folder}/package-lock.json`)).ids).toEqual([
      'node_modules/widget-new',
    ]);
  });

  it('is seen in a hidden lockfile', async () => {
    const { dir, write } = createRepository({
      'package.json': MANIFEST,
      'node_modules/.package-lock.json': LOCK,
    });
    const hidden = 'node_modules/.package-lock.json';
    expect((await changesIn(dir, 'HEAD', hidden)).ids).toEqual([]);
    write({ [hidden]: packageLock(locked('widget-kit', { integrity: OTHER_INTEGRITY })) });
    expect((await changesIn(dir, 'HEAD', hidden)).ids).toEqual(['node_modules/widget-kit']);
  });

  it('is found from a git hook of another folder', async () => {
    const { dir } = createRepository(PROJECT);
    const elsewhere = createRepository({ 'package.json': { name: 'other' } });
    const env = {
      ...process.env,
      GIT_DIR: `${elsewhere.dir}/.git`,
      GIT_INDEX_FILE: `${elsewhere.dir}/.git/index`,
    };
    expect((await changesIn(dir, 'HEAD', '.', env)).ids).toEqual([]);
  });
});

describe('everything is new', () => {
  const ALL = ['node_modules/widget-base', 'node_modules/widget-kit'];

  it('where the lockfile is', async () => {
    const { dir, write } = createRepository({ 'package.json': MANIFEST });
    write({ 'package-lock.json': LOCK });
    expect((await changesIn(dir)).ids).toEqual(ALL);
    expect((await changesIn(dir, 'HEAD', 'package-lock.json')).ids).toEqual(ALL);
  });

  it('where the whole folder is', async () => {
    const { dir, write } = createRepository({ 'a.txt': 'a', apps: 'once a file' });
    write({ apps: null });
    write({ 'apps/web/package.json': MANIFEST, 'apps/web/package-lock.json': LOCK });
    expect((await changesIn(dir, 'HEAD', 'apps/web')).ids).toEqual(ALL);
  });

  it('where another manager was in use that is not read', async () => {
    const { dir, write } = createRepository({
      'package.json': MANIFEST,
      'yarn.lock': '# yarn lockfile v1\n',
    });
    write({ 'yarn.lock': null, 'package-lock.json': LOCK });
    expect((await changesIn(dir)).ids).toEqual(ALL);
  });
});

describe('another lockfile than before', () => {
  it('of the same entries changes nothing', async () => {
    const { dir, git } = createRepository(PROJECT);
    git('mv', 'package-lock.json', 'npm-shrinkwrap.json');
    expect((await changesIn(dir)).ids).toEqual([]);
  });

  it('of another manager is compared by what both state', async () => {
    const unstated = { resolved: undefined };
    const { dir, write } = createRepository({
      'package.json': MANIFEST,
      'package-lock.json': packageLock({ ...locked('widget-kit', unstated), ...locked('widget-base') }),
    });
    write({
      'package-lock.json': null,
      'pnpm-lock.yaml': pnpmLock({ 'widget-base': '1.0.0', 'widget-kit': '1.0.0' }),
    });
    expect((await changesIn(dir)).ids).toEqual(['widget-base@1.0.0']);
  });
});

describe('what changed in a pnpm-lock.yaml', () => {
  const files = {
    'package.json': { ...MANIFEST, packageManager: 'pnpm@9.0.0' },
    'pnpm-lock.yaml': pnpmLock({ 'widget-base': '1.0.0', 'widget-kit': '1.0.0' }),
  };

  it('is the entry with another version', async () => {
    const { dir, write } = createRepository(files);
    expect((await changesIn(dir)).ids).toEqual([]);
    write({ 'pnpm-lock.yaml': pnpmLock({ 'widget-base': '1.0.0', 'widget-kit': '1.0.1' }) });
    expect((await changesIn(dir)).ids).toEqual(['widget-kit@1.0.1']);
    expect((await changesIn(dir, 'HEAD', 'pnpm-lock.yaml')).ids).toEqual(['widget-kit@1.0.1']);
  });
});

describe('a workspace', () => {
  it.each([
    ['npm', { 'package.json': { name: 'root', workspaces: ['packages/*'] } }],
    ['npm, by a glob', { 'package.json': { name: 'root', workspaces: ['pack{ages,s}/**'] } }],
    [
      'pnpm',
      {
        'package.json': { name: 'root', packageManager: 'pnpm@9.0.0' },
        'pnpm-workspace.yaml': "packages: ['packages/*']\n",
      },
    ],
  ])('of %s is compared with its projects of back then', async (_, files) => {
    const one = { name: 'one', version: '1.0.0', dependencies: { 'widget-kit': '^1' } };
    const { dir, write } = createRepository({ ...files, 'packages/one/package.json': one });
    expect((await changesIn(dir)).ids).toEqual([]);
    const two = { name: 'two', version: '1.0.0', dependencies: { 'widget-kit': '^1', 'widget-new': '^1' } };
    write({ 'packages/two/package.json': two });
    expect((await changesIn(dir)).ids).toEqual(['declared:widget-new', 'packages/two']);
  });
});

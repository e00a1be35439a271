import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTree } from '../../../src/lockfile/read-tree.js';
import { resolvedMismatch } from '../../../src/signals/resolved-mismatch.js';
import { writeProject } from '../../support/projects.js';
import { subject } from '../../support/subjects.js';
import { entryOf, idsOf, pnpmTree } from './lockfile-builders.js';

const HEADER = "lockfileVersion: '9.0'\n\n";
const IMPORTERS = `importers:

  .:
    dependencies:
      zq-one:
        specifier: ^1.0.0
        version: 1.0.0

`;
const PACKAGES = `packages:

  '@zq-s/two@1.0.0':
    resolution: {integrity: sha512-two}

  zq-one@1.0.0:
    resolution: {integrity: sha512-one}

`;
const ONE_SNAPSHOT = 'snapshots:\n\n  zq-one@1.0.0: {}\n';
const lockOf = (name: string): string =>
  `${HEADER}importers:\n\n  .:\n    dependencies:\n      ${name}:\n        specifier: ^1.0.0\n        version: 1.0.0\n\npackages:\n\n  ${name}@1.0.0:\n    resolution: {integrity: sha512-x}\n\nsnapshots:\n\n  ${name}@1.0.0: {}\n`;

describe('a lockfile of version 9.0', () => {
  it.each([
    ['no snapshots', ''],
    ['empty snapshots', 'snapshots: {}\n'],
    ['snapshots that say nothing', 'snapshots:\n'],
    ['a snapshot too few', ONE_SNAPSHOT],
  ])('with %s lists every package under its whole name', async (_, snapshots) => {
    for (const text of [
      HEADER + IMPORTERS + PACKAGES + snapshots,
      (HEADER + IMPORTERS + PACKAGES + snapshots).replaceAll('\n', '\r\n'),
    ]) {
      const tree = await pnpmTree(text);
      expect(idsOf(tree)).toEqual(['@zq-s/two@1.0.0', 'zq-one@1.0.0']);
      expect(tree.edges.get('root')).toEqual(['zq-one@1.0.0']);
      expect(entryOf(tree, 'zq-one@1.0.0').integrity).toBe('sha512-one');
    }
  });

  it('with a package in a style that pnpm does not write lists it too', async () => {
    const odd = PACKAGES.replace(
      'packages:\n',
      'packages:\n\n  "zq-odd@1.0.0": {resolution: {integrity: sha512-odd}}\n',
    );
    const flow = 'packages: {zq-one@1.0.0: {resolution: {integrity: sha512-one}}}\n';
    expect(idsOf(await pnpmTree(HEADER + IMPORTERS + odd + ONE_SNAPSHOT))).toContain('zq-odd@1.0.0');
    expect(idsOf(await pnpmTree(HEADER + IMPORTERS + flow))).toEqual(['zq-one@1.0.0']);
  });

  it.each(['"packages":', "'packages' :", 'packages :', '? packages\n:'])(
    'written with the key %j lists it too',
    async (key) => {
      const text = HEADER + IMPORTERS + PACKAGES.replace('packages:', key) + ONE_SNAPSHOT;
      expect(idsOf(await pnpmTree(text))).toEqual(['@zq-s/two@1.0.0', 'zq-one@1.0.0']);
    },
  );

  it('has a package of a named registry under its version, and says that nobody is asked', async () => {
    const text = `${HEADER}packages:\n\n  '@zq-s/x@work:1.0.0':\n    resolution: {integrity: sha512-x}\n\nsnapshots:\n\n  '@zq-s/x@work:1.0.0': {}\n`;
    const tree = await pnpmTree(text);
    expect(entryOf(tree, '@zq-s/x@work:1.0.0')).toMatchObject({
      version: '1.0.0',
      source: 'remote',
      registryName: null,
    });
    expect(tree.unchecked[0]?.reason).toContain('namedRegistries');
  });
});

describe('the tarball of a pnpm package', () => {
  const treeWith = (tarball: string) =>
    pnpmTree(
      (HEADER + IMPORTERS + PACKAGES + ONE_SNAPSHOT).replace(
        '{integrity: sha512-one}',
        `{integrity: sha512-one, tarball: '${tarball}'}`,
      ),
    );

  it('is a file where its URL is one, whatever the version says', async () => {
    const tree = await treeWith('file:../elsewhere.tgz');
    expect(entryOf(tree, 'zq-one@1.0.0')).toMatchObject({ source: 'file', askedFrom: 'registry' });
    expect(tree.unchecked.map(({ id }) => id)).toContain('zq-one@1.0.0');
  });

  it('is relative to the registry, and the name in it is judged beside the other', async () => {
    const tree = await treeWith('zq-other/-/zq-other-1.0.0.tgz');
    expect(idsOf(tree)).toContain('declared:zq-other');
    const found = (entry: object) => resolvedMismatch.detect(subject({ entry }));
    const entry = { name: 'zq-one', version: '1.0.0' };
    expect(found({ ...entry, resolved: 'zq-other/-/zq-other-1.0.0.tgz' })).toMatchObject({
      kind: 'package',
      found: 'zq-other',
    });
    expect(found({ ...entry, resolved: 'zq-one/-/zq-one-1.0.0.tgz' })).toBeNull();
    expect(found({ ...entry, resolved: '/zq-one/-/zq-one-1.0.0.tgz' })).toBeNull();
    expect(idsOf(await treeWith('zq-one/-/zq-one-1.0.0.tgz'))).not.toContain('declared:zq-other');
  });

  it('is noticed where it comes by another protocol', () => {
    const entry = { name: 'zq-one', version: '1.0.0', resolved: 'ftp://host.test/zq-one.tgz' };
    expect(resolvedMismatch.detect(subject({ entry }))).toMatchObject({ kind: 'host', found: 'ftp:' });
    expect(resolvedMismatch.detect(subject({ entry: { ...entry, resolved: 'http://' } }))).toMatchObject({
      kind: 'host',
    });
  });
});

describe('the lockfile of a branch', () => {
  const files = {
    'package.json': { name: 'zq-project', version: '1.0.0' },
    'pnpm-lock.feat!x.yaml': lockOf('zq-branch'),
    'pnpm-lock.old.yaml': lockOf('zq-old'),
  };

  it('is judged with pnpm-lock.yaml where it is checked out, and listed where it is not', async () => {
    const dir = writeProject({
      ...files,
      'pnpm-lock.yaml': lockOf('zq-main'),
      '.git/HEAD': 'ref: refs/heads/Feat/x\n',
    });
    const tree = await readTree(dir);
    expect(idsOf(tree)).toEqual(['zq-branch@1.0.0', 'zq-main@1.0.0']);
    expect(tree.path).toBe(path.join(dir, 'pnpm-lock.yaml'));
    expect(tree.unchecked.map(({ id }) => id)).toEqual(['pnpm-lock.old.yaml']);
  });

  it('tells alone that pnpm is in use', async () => {
    const dir = writeProject({
      ...files,
      'tree/.git': 'gitdir: ../git\n',
      'git/HEAD': 'ref: refs/heads/feat/x\n',
      'tree/pnpm-lock.feat!x.yaml': lockOf('zq-tree'),
    });
    const tree = await readTree(path.join(dir, 'tree'));
    expect([tree.format, idsOf(tree)]).toEqual(['pnpm-lock', ['zq-tree@1.0.0']]);
  });

  it('is none where no branch is checked out', async () => {
    const dir = writeProject({ ...files, '.git/HEAD': '0123456789012345678901234567890123456789\n' });
    const tree = await readTree(dir);
    expect([idsOf(tree), tree.unchecked.length]).toEqual([[], 2]);
    const odd = writeProject({ ...files, '.git': 'nothing\n' });
    expect((await readTree(odd)).unchecked).toHaveLength(2);
  });
});

describe('what a tree does not hold', () => {
  it('is said: lockfiles of single projects, and patches that lie elsewhere or nowhere', async () => {
    const dir = writeProject({
      'package.json': {
        name: 'zq-project',
        pnpm: {
          patchedDependencies: {
            'zq-one@1.0.0': '../out.patch',
            'zq-two': '/abs.patch',
            'zq-four': 'patches/gone.patch',
          },
        },
      },
      'pnpm-lock.yaml': lockOf('zq-main'),
      'pnpm-workspace.yaml':
        'packages: [packages/*]\npatchedDependencies:\n  zq-three: patches/here.patch\n  zq-four: patches/gone.patch\n',
      'patches/here.patch': '',
      'packages/one/package.json': { name: 'one' },
      'packages/one/pnpm-lock.yaml': lockOf('zq-one'),
    });
    const { unchecked } = await readTree(dir);
    expect(unchecked.map(({ id }) => id)).toEqual([
      'packages/one/pnpm-lock.yaml',
      'patchedDependencies: zq-four',
      'patchedDependencies: zq-one@1.0.0',
      'patchedDependencies: zq-two',
    ]);
  });
});

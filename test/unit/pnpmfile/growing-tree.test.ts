import { describe, expect, it } from 'vitest';
import type { ResolvedTree } from '../../../src/model/resolved-tree.js';
import { growTree } from '../../../src/pnpmfile/growing-tree.js';
import { readSeenManifest, type SeenManifest } from '../../../src/pnpmfile/seen-manifest.js';
import { pathsTo } from '../../../src/tree/requested-by.js';
import { entry } from '../../support/subjects.js';

const BASE: ResolvedTree = {
  format: 'pnpm-lock',
  path: null,
  lockfileVersion: '9.0',
  importers: [{ id: 'root', path: '.' }],
  entries: [
    entry({ id: 'zq-old@1.0.0(zq-peer@1.0.0)', name: 'zq-old', version: '1.0.0' }),
    entry({ id: 'declared:zq-top', name: 'zq-top', version: null, presence: 'declared' }),
    entry({ id: 'packages/own', name: 'zq-own', source: 'workspace', registryName: null }),
  ],
  edges: new Map([['root', ['zq-old@1.0.0(zq-peer@1.0.0)', 'declared:zq-top']]]),
  unchecked: [],
};

function published(name: string, lists: object = {}): SeenManifest {
  const seen = readSeenManifest({ name, version: '1.0.0', dist: { integrity: 'sha512-x' }, ...lists });
  if (seen === null) throw new Error('no manifest');
  return seen;
}

describe('a tree that grows while pnpm resolves', () => {
  it('takes a package once, and none that the lockfile holds or no registry has', async () => {
    const tree = growTree(BASE);
    const growth = await tree.add([published('zq-top'), published('zq-top')]);
    expect([...(growth?.resolved ?? [])]).toEqual(['zq-top@1.0.0']);
    expect(await tree.add([published('zq-top'), published('zq-old')])).toBeNull();
    expect(await tree.add([{ ...published('zq-git'), published: null }])).toBeNull();
  });

  it('knows who asks: the project, a package, or nobody but the command line', async () => {
    const tree = growTree(BASE);
    await tree.add([published('zq-top', { dependencies: { 'zq-deep': '^1.0.0' } })]);
    const growth = await tree.add([published('zq-deep'), published('zq-typed')]);
    const directness = growth?.tree.entries.map(({ id, direct }) => [id, direct]) ?? [];
    expect(Object.fromEntries(directness)).toEqual({
      'zq-deep@1.0.0': false,
      'zq-typed@1.0.0': true,
      'zq-top@1.0.0': true,
    });
    if (growth === null) throw new Error('nothing grew');
    expect(pathsTo(growth.tree, 'zq-deep@1.0.0')).toEqual([['root', 'zq-top@1.0.0', 'zq-deep@1.0.0']]);
    expect(pathsTo(growth.tree, 'zq-typed@1.0.0')).toEqual([['root', 'zq-typed@1.0.0']]);
  });

  it('keeps the key under which an alias is installed', async () => {
    const tree = growTree(BASE);
    await tree.add([published('zq-top', { dependencies: { 'zq-nice': 'npm:zq-real@1.0.0' } })]);
    const growth = await tree.add([published('zq-real')]);
    expect(growth?.tree.entries.find(({ name }) => name === 'zq-real')?.alias).toBe('zq-nice');
  });

  it('asks about optional and peer names, and about git and URLs, before their manifests come', async () => {
    const growth = await growTree(BASE).add([
      published('zq-top', {
        dependencies: { 'zq-plain': '1', 'zq-git': 'git+https://git.example/zq.git' },
        optionalDependencies: { 'zq-maybe': '1', 'zq-old': '1', 'zq-own': 'workspace:*' },
        peerDependencies: { 'zq-peer-name': '>=1' },
      }),
    ]);
    expect([...(growth?.asked ?? [])].toSorted()).toEqual([
      'declared:git:zq-git',
      'declared:zq-maybe',
      'declared:zq-peer-name',
    ]);
    const maybe = growth?.tree.entries.find(({ name }) => name === 'zq-maybe');
    expect(maybe).toMatchObject({ presence: 'declared', optional: true, registryName: 'zq-maybe' });
  });
});

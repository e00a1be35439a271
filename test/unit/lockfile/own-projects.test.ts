import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readTree } from '../../../src/lockfile/read-tree.js';
import type { ResolvedTree } from '../../../src/model/resolved-tree.js';

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true });
});

/** The tree of a folder with these files; objects are written as JSON. */
function treeOf(files: Readonly<Record<string, unknown>>): Promise<ResolvedTree> {
  const folder = mkdtempSync(join(tmpdir(), 'phantom-guard-own-'));
  made.push(folder);
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return readTree(folder);
}

const declared = (tree: ResolvedTree): string[] =>
  tree.entries.filter(({ presence }) => presence === 'declared').map(({ id }) => id);

const MEMBER = { name: 'tool', version: '1.0.0' };
const npmProject = (range: string, more = {}): Promise<ResolvedTree> =>
  treeOf({
    'package.json': { name: 'p', workspaces: ['packages/*'] },
    'packages/a/package.json': MEMBER,
    'packages/b/package.json': { name: 'b', dependencies: { tool: range } },
    ...more,
  });

describe('a dependency with the name of a workspace project', () => {
  it.each([
    ['^1.0.0', []],
    ['*', []],
    ['^2.0.0', ['declared:tool']],
    ['latest', ['declared:tool']],
  ])('is asked of the registry by npm when %s does not have its version', async (range, ids) => {
    expect(declared(await npmProject(range))).toEqual(ids);
    const lock = {
      lockfileVersion: 3,
      packages: {
        '': { name: 'p', workspaces: ['packages/*'] },
        'node_modules/b': { resolved: 'packages/b', link: true },
        'node_modules/tool': { resolved: 'packages/a', link: true },
        'packages/a': MEMBER,
        'packages/b': { dependencies: { tool: range } },
      },
    };
    expect(declared(await npmProject(range, { 'package-lock.json': lock }))).toEqual(ids);
  });

  it('is the project when the root asks for it', async () => {
    const root = { name: 'p', workspaces: ['packages/*'], dependencies: { tool: '^9.0.0' } };
    expect(declared(await npmProject('*', { 'package.json': root }))).toEqual([]);
  });

  it.each([
    ['^1.0.0', '', ['declared:tool']],
    ['workspace:^1.0.0', '', []],
    ['^1.0.0', 'linkWorkspacePackages: true\n', []],
    ['^2.0.0', 'linkWorkspacePackages: true\n', ['declared:tool']],
    ['workspace:tool@*', '', []],
    ['workspace:gone@*', '', ['declared:workspace:gone']],
  ])('%s of pnpm with the settings %j', async (spec, settings, ids) => {
    const tree = await treeOf({
      'package.json': { name: 'p', packageManager: 'pnpm@10.0.0', dependencies: { tool: spec } },
      'pnpm-workspace.yaml': `packages: ["packages/*"]\n${settings}`,
      'packages/a/package.json': MEMBER,
    });
    expect(declared(tree)).toEqual(ids);
    expect(tree.unchecked.map(({ id }) => id)).toEqual(ids.filter((id) => id.includes('workspace')));
  });

  it('is found by pnpm as a peer of a project that links it', async () => {
    const tree = await treeOf({
      'package.json': {
        name: 'p',
        packageManager: 'pnpm@10.0.0',
        devDependencies: { tool: 'workspace:*' },
        peerDependencies: { tool: '*' },
      },
      'pnpm-workspace.yaml': 'packages: ["packages/*"]\n',
      '.npmrc': 'link-workspace-packages=false\n',
      'packages/a/package.json': MEMBER,
    });
    expect(declared(tree)).toEqual([]);
  });
});

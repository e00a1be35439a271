import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTree } from '../../../src/lockfile/read-tree.js';
import { pnpmTree } from './lockfile-builders.js';

async function idsIn(manifest: object, workspace = ''): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'phantom-guard-settings-'));
  try {
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'p', ...manifest }));
    if (workspace !== '') writeFileSync(join(folder, 'pnpm-workspace.yaml'), workspace);
    return (await readTree(folder)).entries.map(({ id }) => id).sort();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const PNPM = { packageManager: 'pnpm@10.0.0' };
const EXTENSIONS = { 'lodash@1': { dependencies: { ext: '1' }, peerDependencies: { peer: '1' } } };

describe('a name that only a setting has', () => {
  it.each([
    ['npm:evil@1', 'declared:evil'],
    ['jsr:@x/evil', 'declared:@jsr/x__evil'],
    ['https://h.invalid/evil.tgz', 'declared:remote:a'],
    ['github:u/evil', 'declared:git:a'],
    ['file:../evil', 'declared:link:a'],
  ])('is judged or listed when an override is %s', async (spec, id) => {
    expect(await idsIn({ overrides: { a: spec } })).toEqual([id]);
    expect(await idsIn({ ...PNPM, pnpm: { overrides: { a: spec } } })).toEqual([id]);
    expect(await idsIn({ ...PNPM, resolutions: { a: 'catalog:' } }, `catalog: {a: '${spec}'}`)).toEqual([id]);
    expect(await idsIn(PNPM, `catalogs: {x: {a: '${spec}'}}`)).toEqual([id]);
  });

  it('is none when the override or the catalog has a range only', async () => {
    const overrides = { a: '^1', b: 'catalog:', c: '-', d: '$a' };
    expect(await idsIn({ ...PNPM, pnpm: { overrides } }, 'catalog: {b: ^1}')).toEqual([]);
  });

  it('is judged when it is a config dependency or in a package extension', async () => {
    const pnpm = { configDependencies: { config: '1.0.0+sha512-x' }, packageExtensions: EXTENSIONS };
    const ids = ['declared:config', 'declared:ext', 'declared:peer'];
    expect(await idsIn({ ...PNPM, pnpm })).toEqual(ids);
    expect(await idsIn(PNPM, JSON.stringify(pnpm))).toEqual(ids);
  });
});

describe('two dependency paths of pnpm that differ in their peers', () => {
  it('are two entries when they have other bytes', async () => {
    const tree = await pnpmTree(`lockfileVersion: '6.0'
dependencies:
  evil: {specifier: ^1.0.0, version: 1.0.0(b@1.0.0)}
packages:
  /evil@1.0.0(a@1.0.0):
    resolution: {type: git, repo: 'https://h.invalid/r.git', commit: abc}
  /evil@1.0.0(b@1.0.0):
    resolution: {integrity: sha512-bb}
  /evil@1.0.0(c@1.0.0):
    resolution: {integrity: sha512-bb}
`);
    expect(tree.entries.map(({ source, direct }) => [source, direct])).toEqual([
      ['git', false],
      ['registry', true],
    ]);
  });
});

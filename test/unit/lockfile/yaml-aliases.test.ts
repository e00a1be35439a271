import { describe, expect, it } from 'vitest';
import { unreadableLockfile } from '../../../src/lockfile/lockfile-error.js';
import { parseYaml } from '../../../src/lockfile/pnpm/parse-yaml.js';
import { pnpmTree } from './lockfile-builders.js';

const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');
const list = lines(3000, (index) => `      p${index}: 1.0.0`);
const users = lines(3000, (index) => `  u${index}@1.0.0: {dependencies: *a}`);
const REFUSED = { code: 'LOCKFILE_UNREADABLE', message: expect.stringContaining('aliases') };

describe('a YAML text with aliases', () => {
  it.each([
    [
      'snapshots, for its own reader',
      `lockfileVersion: '9.0'\nsnapshots:\n  p@1.0.0:\n    dependencies: &a\n${list}\n${users}`,
    ],
    [
      'packages, for the plain one',
      `lockfileVersion: 5.4\npackages:\n  p@1.0.0:\n    dependencies: &a\n${list}\n${users}`,
    ],
    [
      'doubled lists',
      `lockfileVersion: 5.4\na0: &a0 [x, y]\n${lines(60, (n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}]`)}`,
    ],
    ['a list that holds itself', 'lockfileVersion: 5.4\nx: &a [*a, *a]'],
    ['a long text', `lockfileVersion: 5.4\nx: [&a ${'x'.repeat(20_000)}${', *a'.repeat(100)}]`],
    ['merged maps', `lockfileVersion: 5.4\na: &a\n${list}\nb:\n  <<: [${'*a,'.repeat(3000)}]`],
  ])('is refused when they multiply: %s', async (_, text) => {
    const start = performance.now();
    await expect(pnpmTree(text)).rejects.toMatchObject(REFUSED);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it('is read when they are few', async () => {
    const input = { text: 'a: &a {x: 1}\nb: [*a, *a]\n', file: 'pnpm-workspace.yaml' };
    expect(await parseYaml(input, unreadableLockfile('x'))).toEqual([
      { a: { x: 1 }, b: [{ x: 1 }, { x: 1 }] },
    ]);
  });

  it('is none because of the characters alone', async () => {
    const peers = "    peerDependencies: {b: '*', c: '>=1 && <2', d: \"&a *a\"}";
    const tree = await pnpmTree(
      `lockfileVersion: '9.0'\npackages:\n  a@1.0.0:\n    resolution: {integrity: sha512-x}\n${peers}\nsnapshots:\n  a@1.0.0: {}\n`,
    );
    expect(tree.entries.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd']);
  });
});

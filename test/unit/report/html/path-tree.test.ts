import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOutPaths } from '../../../../src/report/html/path-tree.js';

const boxes = (paths: readonly (readonly string[])[]) =>
  layOutPaths(paths)?.nodes.map(({ label, column, row, from }) => [label, column, row, from]);

describe('paths drawn together', () => {
  it('are nothing where nobody asks', () => {
    expect(layOutPaths([])).toBeNull();
    expect(layOutPaths([['x@1']])).toBeNull();
  });

  it('share the boxes of their common start, which stands in the middle of its branches', () => {
    const paths = [
      ['root', 'a', 'x'],
      ['site', 'd', 'x'],
      ['root', 'b', 'c', 'x'],
    ];
    expect(boxes(paths)).toEqual([
      ['root', 0, 0.5, null],
      ['a', 1, 0, 0],
      ['b', 1, 1, 0],
      ['c', 2, 1, 2],
      ['site', 0, 2, null],
      ['d', 1, 2, 4],
    ]);
    expect(layOutPaths(paths)).toMatchObject({
      finding: 'x',
      columns: 3,
      left: 0,
      ends: [
        { from: 1, row: 0 },
        { from: 3, row: 1 },
        { from: 5, row: 2 },
      ],
    });
  });

  it('keep a row for one that asks itself and by others', () => {
    expect(
      layOutPaths([
        ['root', 'x'],
        ['root', 'a', 'x'],
      ])?.ends,
    ).toEqual([
      { from: 0, row: 0 },
      { from: 1, row: 1 },
    ]);
  });

  it('have the middle of a long one folded', () => {
    const long = ['root', 'a', 'b', 'c', 'd', 'e', 'f', 'x'];
    expect(boxes([long])?.map(([label]) => label)).toEqual(['root', 'a', '3 more', 'e', 'f']);
    expect(boxes([['root', 'a', 'b', 'c', 'd', 'x']])?.map(([label]) => label)).not.toContain('1 more');
  });

  it('do not become one by folds that hide something else', () => {
    const [one, other] = [
      ['root', 'a', 'b', 'c', 'd', 'e', 'f', 'x'],
      ['root', 'a', 'b', 'z', 'd', 'e', 'f', 'x'],
    ];
    expect(layOutPaths([one ?? [], other ?? []])?.nodes.filter(({ kind }) => kind === 'fold')).toHaveLength(
      2,
    );
  });

  it('are at most eight, and say how many are left', () => {
    const paths = Array.from({ length: 20 }, (_, index) => ['root', `a${index}`, 'x']);
    expect(layOutPaths([...paths, ...paths])).toMatchObject({ left: 12 });
  });

  it('are laid out whatever they are: rows are taken once, and boxes stand right of those before', () => {
    const path = fc.array(fc.constantFrom('a', 'b', 'c', '', '__proto__'), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.array(path, { maxLength: 12 }), (paths) => {
        const tree = layOutPaths(paths);
        if (tree === null) return;
        expect(tree.ends.map(({ row }) => row)).toEqual(tree.ends.map((_, index) => index));
        for (const { from, column } of tree.nodes)
          expect(column).toBe(from === null ? 0 : (tree.nodes[from]?.column ?? 0) + 1);
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { foldStacks, renderFlame } from '../../../bench/profile/flame.js';
import { readProfileOptions } from '../../../bench/profile/options.js';
import { fromCpuProfile, fromHeapProfile, selfBy, totalOf } from '../../../bench/profile/tree.js';

const frame = (functionName: string) => ({ functionName, url: '', lineNumber: 0, columnNumber: 0 });
const CPU = {
  nodes: [
    { id: 1, callFrame: frame('(root)'), children: [2, 3] },
    { id: 2, callFrame: frame('read'), children: [4] },
    { id: 3, callFrame: frame('judge <all>') },
    { id: 4, callFrame: frame('judge <all>') },
  ],
  samples: [2, 4, 3, 3],
  timeDeltas: [5, 100, 20, 30],
};

describe('a CPU profile', () => {
  const root = fromCpuProfile(CPU);

  it('gives each sample the time until the next', () => {
    expect(totalOf(root)).toBe(150);
    expect([...selfBy(root, ({ functionName }) => functionName)]).toEqual([
      ['read', 100],
      ['judge <all>', 50],
    ]);
  });

  it('becomes stacks', () => {
    expect(
      foldStacks(root, ({ frame: { functionName } }) => functionName)
        .trim()
        .split('\n'),
    ).toEqual(['(root);read 100', '(root);read;judge <all> 20', '(root);judge <all> 30']);
  });

  it('becomes a flame graph with a box for each call, whatever it is called', () => {
    const svg = renderFlame(
      root,
      ({ frame: { functionName } }) => functionName,
      (amount) => `${amount} µs`,
    );
    expect(svg.match(/<rect /g)).toHaveLength(4);
    expect(svg).toContain('<title>judge &lt;all&gt;: 30 µs, 20.0 %</title>');
  });
});

describe('a heap profile', () => {
  it('has the bytes of each call', () => {
    const leaf = { callFrame: frame('parse'), selfSize: 7, children: [] };
    const root = fromHeapProfile({ head: { callFrame: frame('(root)'), selfSize: 1, children: [leaf] } });
    expect(totalOf(root)).toBe(8);
  });
});

describe('the command line of the profiler', () => {
  it('takes options before the guard’s command, and leaves those behind it to the guard', () => {
    const options = readProfileOptions(['--heap', '--top', '5', 'check', 'dir', '--quiet', '--top']);
    expect(options).toMatchObject({
      heap: true,
      isHeap: true,
      top: 5,
      command: ['check', 'dir', '--quiet', '--top'],
    });
  });

  it('needs a command or a profile', () => {
    expect(() => readProfileOptions(['--heap'])).toThrow(TypeError);
    expect(readProfileOptions(['--read', 'x.heapprofile'])).toMatchObject({ isHeap: true, command: [] });
  });
});

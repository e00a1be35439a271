import { describe, expect, it } from 'vitest';
import { factSpaceOf } from '../../../src/cache/fact-space.js';
import { createMemoryLayer, MAX_ANSWERS } from '../../../src/cache/memory-layer.js';
import { NOW_MS, nameOf, namesOf } from './support.js';

const space = factSpaceOf('downloads', 'https://registry.example.test/');
const A = nameOf('zq-a');

describe('the memory layer', () => {
  it('does not let an older answer replace a newer one', () => {
    const memory = createMemoryLayer();
    memory.set(space, A, { kind: 'absent', fetchedAtMs: NOW_MS, from: 'registry' });
    memory.set(space, A, { kind: 'absent', fetchedAtMs: NOW_MS - 1, from: 'registry' });
    expect(memory.get(space, A)).toEqual({ kind: 'absent', fetchedAtMs: NOW_MS, from: 'cache' });
  });

  it('is bounded and lets go of the first answers', () => {
    const memory = createMemoryLayer();
    const [first, second, ...rest] = namesOf(MAX_ANSWERS + 1);
    for (const name of [first, second, ...rest]) {
      if (name) memory.set(space, name, { kind: 'absent', fetchedAtMs: NOW_MS, from: 'cache' });
    }
    expect(memory.get(space, nameOf(String(first)))).toBeNull();
    expect(memory.get(space, nameOf(String(second)))).not.toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { createQueue } from '../../../src/registry/one-by-one.js';

describe('tasks in a queue', () => {
  it('run one after the other, in order, and a failed one does not hold up the next', async () => {
    const queue = createQueue();
    const log: string[] = [];
    let running = 0;
    const task =
      (name: string, fails = false) =>
      async () => {
        expect(++running).toBe(1);
        await new Promise((resolve) => setImmediate(resolve));
        running--;
        log.push(name);
        if (fails) throw new Error(name);
        return name;
      };
    const results = await Promise.allSettled([queue(task('a')), queue(task('b', true)), queue(task('c'))]);
    expect(log).toEqual(['a', 'b', 'c']);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });
});

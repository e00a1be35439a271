import fc from 'fast-check';
import { expect, it } from 'vitest';
import { planThreads } from '../../../src/pool/plan-threads.js';

it('divides the requests among the threads', () => {
  expect(planThreads(2, 64)).toEqual({ threads: 2, tasksPerThread: 2, perTask: 16 });
  expect(planThreads(3, 4)).toEqual({ threads: 3, tasksPerThread: 1, perTask: 1 });
  expect(planThreads(8, 1)).toEqual({ threads: 1, tasksPerThread: 1, perTask: 1 });
});

it('has at least one request at a time, and never more than are allowed', () => {
  const count = fc.integer({ min: 1, max: 2 ** 31 - 1 });
  fc.assert(
    fc.property(fc.option(count), count, (workers, concurrency) => {
      const { threads, tasksPerThread, perTask } = planThreads(workers, concurrency);
      expect(Math.min(threads, tasksPerThread, perTask)).toBeGreaterThanOrEqual(1);
      expect(threads * tasksPerThread * perTask).toBeLessThanOrEqual(concurrency);
      expect(threads).toBeLessThanOrEqual(workers ?? threads);
    }),
  );
});

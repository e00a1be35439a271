import { expect, it } from 'vitest';
import { takeTurns } from '../../../src/mcp/take-turns.js';

const NEVER = new AbortController().signal;

it('No more work than allowed is under way at once, all of it is done, and in order', async () => {
  const turns = takeTurns(2);
  let underWay = 0;
  let most = 0;
  const begun: number[] = [];
  const work = (index: number) => async () => {
    most = Math.max(most, ++underWay);
    begun.push(index);
    await new Promise((resolve) => setImmediate(resolve));
    underWay--;
    if (index === 1) throw new Error('of its own');
    return index;
  };
  const done = await Promise.allSettled([0, 1, 2, 3, 4].map((index) => turns(work(index), NEVER)));
  expect(done.map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
    'fulfilled',
  ]);
  expect(begun).toEqual([0, 1, 2, 3, 4]);
  expect(most).toBe(2);
});

it('Work that is aborted while it waits is not begun, and holds up nobody', async () => {
  const turns = takeTurns(1);
  const abort = new AbortController();
  const first = turns(() => new Promise((resolve) => setImmediate(resolve)), NEVER);
  const second = turns(() => Promise.reject(new Error('begun')), abort.signal);
  const third = turns(() => Promise.resolve('done'), NEVER);
  abort.abort();
  await first;
  await expect(second).rejects.toMatchObject({ name: 'AbortError' });
  await expect(third).resolves.toBe('done');
});

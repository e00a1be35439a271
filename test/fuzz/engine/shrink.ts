import type { FuzzTarget } from '../target.js';
import { judgeRun } from './judge-run.js';

const MOST_TRIES = 400;

/** A shorter input with the same fault: parts are left out, large ones first, as long as it stays. */
export async function shrink(target: FuzzTarget, input: Buffer, key: string): Promise<Buffer> {
  let best = input;
  let tries = 0;
  for (let size = input.length >> 1; size > 0; size >>= 1) {
    for (let at = 0; at < best.length && tries < MOST_TRIES; ) {
      const without = Buffer.concat([best.subarray(0, at), best.subarray(at + size)]);
      tries++;
      if ((await judgeRun(target, without)).fault?.key === key) best = without;
      else at += size;
    }
  }
  return best;
}

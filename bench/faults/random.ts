import { Random } from '../../test/fuzz/engine/random.js';

/** The same moments in every run. */
export const random = new Random(20_260_301);

/** A moment in the life of a run that takes `durationMs`, or shortly after it. */
export function momentIn(durationMs: number): number {
  return random.below(Math.ceil(durationMs * 1.1));
}

import { setTimeout as delay } from 'node:timers/promises';
import type { GateState, GateVerdict, ScriptKind } from './gate-state.js';

const INTERVAL_MS = 25;

/**
 * npm starts several first scripts at once. One judges, the others wait for its verdict.
 *
 * @returns the verdict of another process, or `judge` when it is this one's turn; `late` = nobody decided in time
 */
export async function takeTurn(
  state: GateState,
  root: string,
  kind: ScriptKind,
  signal: AbortSignal,
): Promise<GateVerdict | 'judge' | 'late'> {
  while (!signal.aborted) {
    const known = state.recall(root, kind);
    if (known !== null) return known;
    if (state.lock()) {
      // Between the look and the lock the one before may have finished.
      const decided = state.recall(root, kind);
      if (decided === null) return 'judge';
      state.unlock();
      return decided;
    }
    await delay(INTERVAL_MS);
  }
  return 'late';
}

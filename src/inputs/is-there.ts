import { realpathSync } from 'node:fs';
import { notePlace } from './trace.js';

/** Whether a path leads to something; the trace hears of it. */
export function isThere(path: string): boolean {
  let real: string | null = null;
  try {
    real = realpathSync(path);
  } catch {
    // Nothing is there.
  }
  notePlace(path, real);
  return real !== null;
}

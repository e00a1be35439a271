import type { Io } from './io.js';

/** Whether colours make sense where the text goes: NO_COLOR and FORCE_COLOR decide, then the terminal. */
export function supportsColor({ env, stdout }: Pick<Io, 'env' | 'stdout'>): boolean {
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR'] !== undefined) return env['FORCE_COLOR'] !== '0';
  return stdout.isTTY === true && env['TERM'] !== 'dumb';
}

import { WriteStream } from 'node:tty';
import type { Io } from './io.js';

/** Black and white, as node:tty counts. */
const NO_COLORS_BITS = 1;

/** Whether colours make sense where the text goes: NO_COLOR and FORCE_COLOR decide, then what the terminal or the CI behind it can. */
export function supportsColor({ env, stdout }: Pick<Io, 'env' | 'stdout'>): boolean {
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR'] !== undefined) return env['FORCE_COLOR'] !== '0';
  return stdout.isTTY === true && WriteStream.prototype.getColorDepth(env) > NO_COLORS_BITS;
}

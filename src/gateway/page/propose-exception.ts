import { raisingSignals } from '../../report/raising-signals.js';
import type { Ruling } from '../ruling.js';

/**
 * The entry of `exceptions` that would let a version of a package pass, as JSON; `null` where there is no version, or nothing
 * to cover.
 */
export function proposeException(ruling: Ruling, version: string | null): string | null {
  if (ruling.kind === 'undecided' || version === null) return null;
  const signals = raisingSignals(ruling.reported).map(({ code }) => code);
  if (signals.length === 0) return null;
  const { name } = ruling.reported;
  return JSON.stringify({ name, version, signals, reason: 'WHO LOOKED AT WHAT' }, null, 2);
}

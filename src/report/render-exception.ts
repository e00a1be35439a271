import type { AppliedException } from '../model/report.js';
import { sanitize } from './sanitize.js';

/** An applied exception in one line; foreign text in it is made harmless. */
export function renderException({ name, version, signals, reason, source }: AppliedException): string {
  return `accepted by the ${source}: ${sanitize(name)}@${sanitize(version)} despite ${signals.join(', ')} (${sanitize(reason)})`;
}

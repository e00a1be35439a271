import type { Measured } from './measured.js';
import { rocsOf } from './render.js';

/** Everything that was measured, ready for `JSON.stringify`. Times in milliseconds, shares in [0, 1]. */
export function toJson(measured: readonly Measured[]): unknown {
  return {
    scenarios: measured.map(({ outcomes, elapsedMs, ...rest }) => ({
      ...rest,
      setting: { ...rest.scenario.setting, parents: rest.scenario.setting.parents?.length },
      elapsedMs: Math.round(elapsedMs),
      packages: outcomes.map(({ name, score, verdict }) => ({
        name,
        score,
        risk: verdict.risk,
        action: verdict.action,
        signals: Object.fromEntries(verdict.signals.map(({ code, weight }) => [code, weight])),
      })),
    })),
    roc: rocsOf(measured),
  };
}

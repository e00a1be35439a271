import { distributionOf } from '../../../bench/perf/distribution.js';
import type { Measurement, StageResult, Unit } from '../../../bench/perf/stage.js';

/** A measurement with these samples. */
export function measured(samples: readonly number[], unit: Unit = 'ms', isFloor = false): Measurement {
  return {
    what: 'a made-up step',
    unit,
    distribution: distributionOf(samples),
    ...(isFloor ? { isFloor } : {}),
  };
}

/** The result of a stage at a bare start of 100 ms. */
export function resultOf(
  id: string,
  measurements: Readonly<Record<string, Measurement>>,
  bareStartMs = 100,
): StageResult {
  return { id, skipped: null, bareStartMs, measurements };
}

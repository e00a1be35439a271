/** What the samples of one measurement look like, all in its unit. */
export type Distribution = {
  readonly count: number;
  readonly min: number;
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
  /** Upper bounds, half an octave apart, with how many samples lie between the one before and this one. */
  readonly histogram: readonly (readonly [upTo: number, count: number])[];
};

/** Bounds per doubling. */
const STEPS_PER_OCTAVE = 2;

/** @throws RangeError without samples */
export function distributionOf(samples: readonly number[]): Distribution {
  const sorted = [...samples].sort((a, b) => a - b);
  return {
    count: sorted.length,
    min: quantileOf(sorted, 0),
    mean: sorted.reduce((sum, one) => sum + one, 0) / sorted.length,
    p50: quantileOf(sorted, 0.5),
    p90: quantileOf(sorted, 0.9),
    p99: quantileOf(sorted, 0.99),
    max: quantileOf(sorted, 1),
    histogram: histogramOf(sorted),
  };
}

/** The least sample that a share of `quantile` of all does not exceed (nearest rank). */
export function quantileOf(sorted: readonly number[], quantile: number): number {
  const found = sorted[Math.max(0, Math.ceil(quantile * sorted.length) - 1)];
  if (found === undefined) throw new RangeError('no samples');
  return found;
}

/** The middle one, the lower of two. */
export function medianOf(samples: readonly number[]): number {
  return quantileOf(
    [...samples].sort((a, b) => a - b),
    0.5,
  );
}

/** Median of the slopes between all pairs (Theil–Sen), in units of the samples per step; one outlier moves it little. */
export function trendOf(samples: readonly number[]): number {
  const slopes = samples.flatMap((one, i) =>
    samples.slice(i + 1).map((other, ahead) => (other - one) / (ahead + 1)),
  );
  return medianOf(slopes);
}

function histogramOf(sorted: readonly number[]): [number, number][] {
  const counts = new Map<number, number>();
  for (const sample of sorted) {
    const bound = sample <= 0 ? 0 : 2 ** (Math.ceil(Math.log2(sample) * STEPS_PER_OCTAVE) / STEPS_PER_OCTAVE);
    counts.set(bound, (counts.get(bound) ?? 0) + 1);
  }
  return [...counts].map(([bound, count]) => [Number(bound.toPrecision(4)), count]);
}

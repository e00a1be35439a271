/** Two shares in [0, 1]. */
export type Interval = readonly [least: number, most: number];

/** The normal distribution's 97.5% quantile. */
const Z = 1.959964;

/** Wilson's 95% score interval of a share; [0, 1] where nothing was measured. */
export function wilson(count: number, n: number): Interval {
  if (n === 0) return [0, 1];
  const share = count / n;
  const scale = 1 + Z ** 2 / n;
  const middle = (share + Z ** 2 / (2 * n)) / scale;
  const half = (Z * Math.sqrt((share * (1 - share)) / n + Z ** 2 / (4 * n ** 2))) / scale;
  return [count === 0 ? 0 : middle - half, count === n ? 1 : middle + half];
}

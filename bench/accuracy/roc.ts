/** True and false positive rates, in [0, 1], of "a score of at least `threshold` is a squat". */
export type RocPoint = { readonly threshold: number; readonly tpr: number; readonly fpr: number };

export type Roc = {
  readonly positives: number;
  readonly negatives: number;
  /** The chance that a positive scores higher than a negative; ties count half. */
  readonly auc: number;
  readonly points: readonly RocPoint[];
};

/** 0.05, 0.10, …, 0.95: both thresholds of the policy are among them. */
const GRID = Array.from({ length: 19 }, (_, index) => (index + 1) / 20);

export function rocOf(positives: readonly number[], negatives: readonly number[]): Roc {
  return {
    positives: positives.length,
    negatives: negatives.length,
    auc: areaUnder(positives, negatives),
    points: GRID.map((threshold) => ({
      threshold,
      tpr: shareFrom(positives, threshold),
      fpr: shareFrom(negatives, threshold),
    })),
  };
}

export function shareFrom(scores: readonly number[], threshold: number): number {
  return scores.length === 0 ? 0 : scores.filter((score) => score >= threshold).length / scores.length;
}

function areaUnder(positives: readonly number[], negatives: readonly number[]): number {
  const sorted = [...negatives].sort((a, b) => a - b);
  const below = (score: number, inclusive: boolean): number => {
    let from = 0;
    let to = sorted.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      const value = sorted[middle] as number;
      if (value < score || (inclusive && value === score)) from = middle + 1;
      else to = middle;
    }
    return from;
  };
  const wins = positives.reduce((sum, score) => sum + (below(score, false) + below(score, true)) / 2, 0);
  return positives.length * negatives.length === 0 ? 0 : wins / (positives.length * negatives.length);
}

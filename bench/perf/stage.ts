import type { Distribution } from './distribution.js';

/** `×` is a multiple of a floor that was measured in turn with it. MB and KB are powers of ten. */
export type Unit =
  | 'ms'
  | '×'
  | 'MB'
  | 'KB'
  | 'KB a batch'
  | 'names/s'
  | 'times as fast'
  | 'exponent'
  | 'cores';

export type Measure = {
  /** What a sample is, without an article. */
  readonly what: string;
  readonly unit: Unit;
  /** Measured for comparison with it; its own value says nothing about this program. */
  readonly isFloor?: true;
  /** A difference that comes out around nought: a multiple of an earlier one says nothing. */
  readonly isDifference?: true;
};

export type Measures = Readonly<Record<string, Measure>>;

/** Samples by measure, in its unit. */
export type Samples = Readonly<Record<string, readonly number[]>>;

/** Why a stage can't be measured here, one sentence. */
export type Skipped = { readonly skipped: string };

export type StageContext = {
  /** Fewer rounds, and only what has a budget: a check that ends soon. */
  readonly isBrief: boolean;
};

/** Something that is measured, in a process of its own. Asserts that the output is right before it measures. */
export type Stage = {
  readonly id: string;
  readonly measures: Measures;
  readonly run: (context: StageContext) => Promise<Samples | Skipped>;
};

export type Measurement = Measure & { readonly distribution: Distribution };

export type StageResult = {
  readonly id: string;
  readonly skipped: string | null;
  /** Median wall time of `node -e 0` right before and after it, milliseconds. */
  readonly bareStartMs: number;
  readonly measurements: Readonly<Record<string, Measurement>>;
};

/** More is better. */
export function isRate(unit: Unit): boolean {
  return unit === 'names/s' || unit === 'times as fast';
}

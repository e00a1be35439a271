import type { Input } from '../inputs/input.js';
import type { Report } from '../model/report.js';

/** An allowing report with what it was made from. */
export type Remembered = {
  readonly inputs: readonly Input[];
  /** Milliseconds since the epoch. */
  readonly madeAtMs: number;
  readonly untilMs: number;
  readonly report: Report;
  /** Digest of the packages of registries that were judged; see `packagesDigest`. */
  readonly packages: string;
};

/** Inside the store's folder: one file for each request, `KEY.json`. */
export const REMEMBERED_FOLDER = 'verdicts-v1';

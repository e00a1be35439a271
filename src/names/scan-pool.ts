import { Piscina } from 'piscina';
import { GuardError } from '../errors.js';
import type { JudgeBatch } from './scan.js';

/** Batches per worker under way: one being judged, one waiting. */
const BATCHES_PER_WORKER = 2;

export interface ScanPool {
  readonly judge: JudgeBatch;
  /** Batches that keep every worker busy. */
  readonly inFlight: number;
  close(): Promise<void>;
}

/**
 * Starts `workers` threads that judge batches of names. `entry` is the built workers/scan-names,
 * `dataDirectory` where it finds the names. A worker that dies fails the scan with INTERNAL: no name is
 * dropped silently.
 */
export function openScanPool(workers: number, entry: string, dataDirectory: string): ScanPool {
  const pool = new Piscina({
    filename: entry,
    minThreads: workers,
    maxThreads: workers,
    workerData: dataDirectory,
  });
  return {
    judge: async (lines) => {
      try {
        return (await pool.run(lines)) as string;
      } catch (cause) {
        throw new GuardError(
          'INTERNAL',
          'A worker failed while judging names',
          'Run again with --workers 0.',
          cause,
        );
      }
    },
    inFlight: workers * BATCHES_PER_WORKER,
    close: () => pool.destroy(),
  };
}

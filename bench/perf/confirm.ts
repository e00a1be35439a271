import type { StageResult } from './stage.js';

/** What makes the result of a stage worth doubting. */
export type Doubt = {
  /** Ids of the stages that look bad in these results. */
  readonly suspects: (results: readonly StageResult[]) => ReadonlySet<string>;
  /** How bad a result looks; less is better. */
  readonly badness: (result: StageResult) => number;
};

/**
 * Measures what looks bad again, at most `attempts` times, and keeps the better result of each stage: noise of a shared
 * machine only ever makes slower, and what is really bad stays so.
 */
export async function confirmResults(
  first: readonly StageResult[],
  { suspects, badness }: Doubt,
  attempts: number,
  measure: (ids: ReadonlySet<string>) => Promise<readonly StageResult[]>,
): Promise<readonly StageResult[]> {
  let results = first;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const ids = suspects(results);
    if (ids.size === 0) return results;
    const again = new Map((await measure(ids)).map((result) => [result.id, result]));
    results = results.map((result) => {
      const other = again.get(result.id);
      return other !== undefined && badness(other) < badness(result) ? other : result;
    });
  }
  return results;
}

import { parseArgs } from 'node:util';

export type BenchOptions = {
  /** Ids of the stages to measure, or their beginnings; empty = all. */
  readonly filter: readonly string[];
  /** Write the run there. */
  readonly json: string | null;
  /** A run to compare with. */
  readonly baseline: string | null;
  /** Exit with 1 where a budget is breached. */
  readonly budgets: boolean;
  /** Only what has a budget, in the form that holds on a shared machine. */
  readonly ci: boolean;
  /** Write the tables as Markdown there. */
  readonly summary: string | null;
  /** Exit with 1 where the baseline was better by more than a tenth, twice in a row. */
  readonly failOnLoss: boolean;
};

/** @throws TypeError for an unknown option */
export function readBenchOptions(argv: readonly string[]): BenchOptions {
  const flag = { type: 'boolean', default: false } as const;
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...argv],
    options: {
      filter: { type: 'string', multiple: true, default: [] },
      json: text,
      baseline: text,
      budgets: flag,
      ci: flag,
      summary: text,
      'fail-on-loss': flag,
    },
  });
  const { filter, json = null, baseline = null, budgets, ci, summary = null } = values;
  return { filter, json, baseline, budgets, ci, summary, failOnLoss: values['fail-on-loss'] };
}

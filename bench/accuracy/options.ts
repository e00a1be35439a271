import { parseArgs } from 'node:util';

export type Options = {
  /** Exit with 1 when a bound is missed. */
  readonly check: boolean;
  /** Rewrite the table in docs/accuracy.md. */
  readonly record: boolean;
  /** Print what `explain` says about one package of each scenario. */
  readonly explain: boolean;
  /** Also judge the real lockfiles, with the configured registry. */
  readonly trees: boolean;
  /** For `trees`, instead of the configured one. */
  readonly registry: string | null;
  /** Write everything there. */
  readonly json: string | null;
  /** Run only these; empty = all. */
  readonly scenarios: readonly string[];
};

/** @throws TypeError for an unknown option */
export function readOptions(argv: readonly string[]): Options {
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    args: [...argv],
    options: {
      check: flag,
      record: flag,
      explain: flag,
      trees: flag,
      registry: { type: 'string' },
      json: { type: 'string' },
      scenario: { type: 'string', multiple: true, default: [] },
    },
  });
  const { check, record, explain, trees, registry = null, json = null, scenario } = values;
  return { check, record, explain, trees, registry, json, scenarios: scenario };
}

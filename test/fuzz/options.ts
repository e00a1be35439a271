import { parseArgs } from 'node:util';

export class UsageError extends Error {}

export type FuzzOptions = {
  readonly targets: readonly string[];
  /** For each target, before its share. */
  readonly inputs: number;
  readonly seed: number;
  readonly records: boolean;
};

/** @throws UsageError */
export function readOptions(argv: readonly string[], known: readonly string[]): FuzzOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      target: { type: 'string' },
      inputs: { type: 'string', default: '20000' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      record: { type: 'boolean', default: false },
    },
  });
  const targets = values.target === undefined ? known : values.target.split(',');
  const strange = targets.filter((target) => !known.includes(target));
  if (strange.length > 0)
    throw new UsageError(`no target ${strange.join(', ')}; there are ${known.join(', ')}`);
  return { targets, inputs: count(values.inputs), seed: count(values.seed), records: values.record };
}

function count(text: string): number {
  if (!/^\d{1,12}$/.test(text)) throw new UsageError(`${text} is no number`);
  return Number(text);
}

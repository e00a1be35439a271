import { type AttackRow, keyOf } from './attack-rows.js';

/** What a run of the attack suite has against the record of an earlier one, one sentence each. */
export function compareRows(recorded: readonly AttackRow[], run: readonly AttackRow[]): readonly string[] {
  const inRecord = new Set(recorded.map(keyOf));
  const inRun = new Set(run.map(keyOf));
  return [
    ...(run.length === 0 ? ['the run has no case of test/hostile'] : []),
    ...run.filter((row) => row.state === 'failed').map((row) => `failed: ${textOf(row)}`),
    ...run
      .filter((row) => !inRecord.has(keyOf(row)))
      .map((row) => `not in docs/reliability.md: ${textOf(row)}`),
    ...recorded.filter((row) => !inRun.has(keyOf(row))).map((row) => `not run: ${textOf(row)}`),
    ...doubles(run).map((row) => `there twice: ${textOf(row)}`),
  ];
}

/** The rows of a run; what it had to skip keeps the state that an earlier run has given it. */
export function mergeRows(recorded: readonly AttackRow[], run: readonly AttackRow[]): readonly AttackRow[] {
  const before = new Map(recorded.map((row) => [keyOf(row), row.state]));
  return run.map((row) =>
    row.state === 'skipped' ? { ...row, state: before.get(keyOf(row)) ?? row.state } : row,
  );
}

function doubles(rows: readonly AttackRow[]): readonly AttackRow[] {
  const seen = new Set<string>();
  return rows.filter((row) => {
    const isDouble = seen.has(keyOf(row));
    seen.add(keyOf(row));
    return isDouble;
  });
}

function textOf({ area, attack, must }: AttackRow): string {
  return `${area}: ${attack}: ${must}`;
}

import type { Outcome } from './run-matrix.js';

/** One cell of a table, of npm or of pnpm. */
type Printed = Outcome & {
  readonly guard: { readonly id: string };
  readonly manager: { readonly name: string; readonly version: string };
  readonly scenario: { readonly id: string };
};

/** Writes a line to stdout. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function printResult(result: Printed, isGood: boolean): void {
  const seconds = ((result.bad.run.elapsedMs + result.control.run.elapsedMs) / 1000).toFixed(1);
  const sign = isGood ? ' ' : '!';
  say(`${sign} ${placeOf(result)}: ${result.text} (exit ${result.bad.run.status}, ${seconds} s)`);
}

/** What the programs of these cells asked for, left behind and said. */
export function printDetails(results: readonly Printed[]): void {
  for (const result of results) {
    say(`\n${placeOf(result)}: ${[...result.offences, result.text].join('; ')}`);
    say(`expected: ${result.expected ?? 'nothing'}`);
    for (const [name, { run, downloads, landed, mark, untouched }] of [
      ['bad', result.bad],
      ['control', result.control],
    ] as const) {
      say(`--- ${name}: exit ${run.status ?? run.signal}, downloads ${downloads.join(' ') || 'none'}`);
      say(`landed ${landed.join(' ') || 'nowhere'}, mark ${mark.join(', ') || 'none'}`);
      say(`untouched ${JSON.stringify(untouched)}`);
      say(`${run.stdout}${run.stderr}`.trim().slice(0, 4000));
    }
  }
}

/** The rows as expected.ts has them. */
export function printExpected(results: readonly Printed[]): void {
  const rows = new Map<string, string[]>();
  for (const { guard, scenario, text } of results) {
    const key = `${guard.id}: '${scenario.id}'`;
    rows.set(key, [...(rows.get(key) ?? []), `'${text}'`]);
  }
  for (const [key, texts] of rows) say(`${key}: [${texts.join(', ')}],`);
}

function placeOf({ guard, manager, scenario }: Printed): string {
  return `${guard.id} ${manager.name} ${manager.version} ${scenario.id}`;
}

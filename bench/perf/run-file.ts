import { readFileSync, writeFileSync } from 'node:fs';
import type { Budgets } from './budgets.js';
import type { Environment } from './environment.js';
import type { StageResult } from './stage.js';

/** One run of the suite, as `--json` writes it and `--baseline` reads it. */
export type RunFile = { readonly environment: Environment; readonly stages: readonly StageResult[] };

export function readRun(file: string): RunFile {
  return JSON.parse(readFileSync(file, 'utf8')) as RunFile;
}

export function writeRun(file: string, run: RunFile): void {
  writeFileSync(file, `${JSON.stringify(run)}\n`);
}

export function readBudgets(): Budgets {
  return JSON.parse(readFileSync('bench/budgets.json', 'utf8')) as Budgets;
}

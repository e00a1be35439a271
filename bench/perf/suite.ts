import { spawn } from 'node:child_process';
import { BARE, timeChild } from './child.js';
import { distributionOf, medianOf } from './distribution.js';
import type { Samples, Skipped, Stage, StageContext, StageResult } from './stage.js';

/** Bare starts before and again after a stage. */
const BARE_STARTS = 3;

/** Measures stage after stage, each in a process of its own, so that none finds what another left in memory. */
export async function runStages(
  stages: readonly Stage[],
  context: StageContext,
  log: (line: string) => void,
): Promise<readonly StageResult[]> {
  const results: StageResult[] = [];
  for (const stage of stages) {
    const startMs = performance.now();
    const before = bareStarts();
    const outcome = await runStage(stage, context);
    const bareStartMs = medianOf([...before, ...bareStarts()]);
    log(`${stage.id} ${((performance.now() - startMs) / 1000).toFixed(1)} s`);
    results.push(resultOf(stage, outcome, bareStartMs));
  }
  return results;
}

function bareStarts(): number[] {
  return Array.from({ length: BARE_STARTS }, () => timeChild(BARE));
}

function runStage({ id }: Stage, { isBrief }: StageContext): Promise<Samples | Skipped> {
  const args = [
    '--expose-gc',
    'scripts/run-ts.mjs',
    'bench/run-stage.ts',
    id,
    ...(isBrief ? ['--brief'] : []),
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return new Promise((resolve, reject) => {
    let outcome: Samples | Skipped | null = null;
    child.on('message', (message) => {
      outcome = message as Samples | Skipped;
    });
    child.on('error', reject);
    child.on('close', (status) => {
      if (status === 0 && outcome !== null) resolve(outcome);
      else reject(new Error(`${id} ended with ${status}`));
    });
  });
}

function resultOf({ id, measures }: Stage, outcome: Samples | Skipped, bareStartMs: number): StageResult {
  if (isSkipped(outcome)) return { id, skipped: outcome.skipped, bareStartMs, measurements: {} };
  const measurements = Object.entries(measures).flatMap(([name, measure]) => {
    const samples = outcome[name];
    return samples === undefined ? [] : [[name, { ...measure, distribution: distributionOf(samples) }]];
  });
  return { id, skipped: null, bareStartMs, measurements: Object.fromEntries(measurements) };
}

function isSkipped(outcome: Samples | Skipped): outcome is Skipped {
  return typeof outcome['skipped'] === 'string';
}

import { rmSync } from 'node:fs';
import path from 'node:path';
import { confirmFinding } from './confirm-finding.js';
import type { Finding, FuzzJob } from './fuzz-loop.js';
import { CHILD_LIMITS, type ChildLimits, type FuzzBundles, runChild } from './run-child.js';

/** What one target went through. */
export type TargetResult = {
  readonly target: string;
  readonly inputs: number;
  readonly seconds: number;
  /** Inputs that reached something that none before had, and the seeds. */
  readonly corpus: number;
  /** Functions and parts of functions that ran. */
  readonly blocks: number;
  readonly longestMs: number;
  /** Of inputs of 64 kB and more. */
  readonly largestMb: number;
  /** One line each; the inputs are in the folder of findings. */
  readonly findings: readonly string[];
};

/** After so many processes that died it is known that something is wrong. */
const MOST_DEATHS = 3;
const NOTHING = { corpus: 0, blocks: 0, longestMs: 0, largestMb: 0, findings: [] as readonly Finding[] };

/** Fuzzes one target until it has had its inputs; a process that dies is followed by another one, with the corpus of the first. */
export async function fuzzTarget(
  job: FuzzJob,
  bundles: FuzzBundles,
  limits: ChildLimits = CHILD_LIMITS,
): Promise<TargetResult> {
  const startMs = performance.now();
  const deaths: Finding[] = [];
  let inputs = 0;
  let tally = NOTHING;
  while (deaths.length < MOST_DEATHS) {
    const left = Math.max(0, job.inputs - inputs);
    const end = await runChild({ ...job, inputs: left, seed: job.seed + deaths.length }, bundles, limits);
    inputs += end.kind === 'done' ? end.tally.inputs : end.inputs;
    if (end.kind === 'done') {
      tally = end.tally;
      break;
    }
    deaths.push(end.finding);
  }
  const seconds = Math.round((performance.now() - startMs) / 1000);
  const findings = [...deaths, ...tally.findings.filter((one) => isReal(one, job, bundles))];
  return { target: job.target, ...tally, inputs, seconds, findings: findings.map(lineOf) };
}

/** Counting blocks makes a program slower and larger: without that the limit may be kept. */
function isReal(finding: Finding, { target }: FuzzJob, bundles: FuzzBundles): boolean {
  if (finding.kind === 'error' || confirmFinding(target, finding.file, bundles)) return true;
  rmSync(finding.file);
  return false;
}

function lineOf({ kind, text, file }: Finding): string {
  return `${kind}: ${text.split('\n')[0]} (${path.relative('.', file)})`;
}

// One process of the fuzzer: node child.mjs JOB-AS-JSON TARGETS-BUNDLE; the tally is the only line on stdout. Or, without counting
// what runs: node child.mjs --replay TARGET FILE TARGETS-BUNDLE; status 1 where the input breaks a limit.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { Coverage } from './engine/coverage.js';
import { type FuzzJob, FuzzLoop } from './engine/fuzz-loop.js';
import { judgeAgain } from './engine/judge-run.js';
import type { FuzzTarget } from './target.js';

const words = process.argv.slice(2);
const url = pathToFileURL(words.at(-1) ?? '').href;

async function loadTarget(wanted: string): Promise<FuzzTarget> {
  const { TARGETS } = (await import(url)) as { readonly TARGETS: readonly FuzzTarget[] };
  const target = TARGETS.find(({ name }) => name === wanted);
  if (target === undefined) throw new Error(`no target is called ${wanted}`);
  return target;
}

if (words[0] === '--replay') {
  const [, name = '', file = ''] = words;
  const { fault } = await judgeAgain(await loadTarget(name), readFileSync(file), 4);
  process.exitCode = fault === null ? 0 : 1;
} else {
  const job = JSON.parse(words[0] ?? '') as FuzzJob;
  const coverage = new Coverage();
  // Before the targets are loaded, or they would be counted by functions only.
  coverage.start();
  const tally = await new FuzzLoop(await loadTarget(job.target), job, coverage, url).run();
  process.stdout.write(`${JSON.stringify(tally)}\n`);
}

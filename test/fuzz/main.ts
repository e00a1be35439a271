// The coverage-guided fuzzer: npm run fuzz -- [--target NAME] [--inputs N] [--seed N] [--record]. Status 1 where something was found.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { buildBundles } from './engine/build-bundles.js';
import { fuzzTarget, type TargetResult } from './engine/fuzz-target.js';
import { readOptions, UsageError } from './options.js';
import { currentCommit, recordResult } from './record.js';
import { TARGETS } from './targets/index.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function run(): Promise<void> {
  const options = readOptions(
    process.argv.slice(2),
    TARGETS.map(({ name }) => name),
  );
  const commit = options.records ? currentCommit() : '';
  const cache = path.resolve('node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(path.join(cache, 'fuzz-bundle-'));
  const results: TargetResult[] = [];
  try {
    const bundles = await buildBundles(folder, 'test/fuzz/targets/index.ts');
    for (const target of options.targets) {
      const { seed } = options;
      const share = TARGETS.find(({ name }) => name === target)?.share ?? 1;
      const inputs = Math.round(options.inputs * share);
      const place = {
        work: path.join(cache, 'fuzz', target),
        found: path.resolve('test/fuzz/found', target),
      };
      const result = await fuzzTarget({ target, inputs, seed, ...place }, bundles);
      results.push(result);
      if (options.records) recordResult(result, commit);
      say(lineOf(result));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (results.some(({ findings }) => findings.length > 0)) process.exitCode = 1;
}

function lineOf({
  target,
  inputs,
  seconds,
  corpus,
  blocks,
  longestMs,
  largestMb,
  findings,
}: TargetResult): string {
  const figures = `${inputs} inputs, ${seconds} s, ${corpus} kept, ${blocks} blocks, ${longestMs} ms, ${largestMb} MB`;
  return `${target}: ${figures}, ${findings.length} found${findings.map((one) => `\n  ${one}`).join('')}`;
}

try {
  await run();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}

// Profiles the built command line and prints where its time (or, with --heap, its memory) went, by file and by function:
//   npm run profile -- [--heap] [--top N] [--flame FILE.svg] [--folded FILE] [--keep FILE] check DIR [OPTION…]
// What it loads: npm run profile -- --files check DIR
// Profiles of anything else: npm run profile -- --read FILE.cpuprofile
import { spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { percent, renderTable } from './accuracy/table.js';
import { CLI } from './perf/child.js';
import { inScratch } from './perf/scratch.js';
import { foldStacks, renderFlame } from './profile/flame.js';
import { loadedFiles } from './profile/loaded-files.js';
import { readProfileOptions } from './profile/options.js';
import { createPlaceFinder } from './profile/original-place.js';
import { fromCpuProfile, fromHeapProfile, type ProfileNode, selfBy, totalOf } from './profile/tree.js';

/** Microseconds between samples of a CPU profile; Node's own 1,000 are too coarse for a run of 200 ms. */
const CPU_INTERVAL_US = 100;
/** Bytes between samples of a heap profile; Node's own 512 KiB would see a few dozen of them. */
const HEAP_INTERVAL_BYTES = 16_384;

const options = readProfileOptions(process.argv.slice(2));
await inScratch((scratch) => {
  if (options.files) printFiles(loadedFiles([CLI, ...options.command], scratch));
  else print(options.read === null ? record(scratch) : parse(options.read));
  return Promise.resolve();
});

function record(scratch: string): ProfileNode {
  const how = options.heap
    ? ['--heap-prof', `--heap-prof-dir=${scratch}`, `--heap-prof-interval=${HEAP_INTERVAL_BYTES}`]
    : ['--cpu-prof', `--cpu-prof-dir=${scratch}`, `--cpu-prof-interval=${CPU_INTERVAL_US}`];
  const { status, stderr } = spawnSync(process.execPath, [...how, CLI, ...options.command], {
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  process.stderr.write(`${stderr}it ended with ${status}\n`);
  // A process with workers writes one for each thread; the largest is that of the most samples.
  const files = readdirSync(scratch).filter((file) => /\.(?:cpu|heap)profile$/.test(file));
  const [file] = files
    .map((name) => path.join(scratch, name))
    .toSorted((a, b) => readFileSync(b).length - readFileSync(a).length);
  if (file === undefined) throw new Error('no profile was written');
  if (options.keep !== null) copyFileSync(file, options.keep);
  return parse(file);
}

function printFiles(files: ReadonlyMap<string, number>): void {
  const bytes = [...files.values()].reduce((sum, one) => sum + one, 0);
  const rows = [...files]
    .slice(0, options.top)
    .map(([file, size]) => [String(size), path.relative('', file)]);
  console.log(`${files.size} files, ${bytes} bytes\n\n${renderTable(['bytes', 'file'], rows)}`);
}

function parse(file: string): ProfileNode {
  const profile = JSON.parse(readFileSync(file, 'utf8'));
  return 'head' in profile ? fromHeapProfile(profile) : fromCpuProfile(profile);
}

function print(root: ProfileNode): void {
  const placeOf = createPlaceFinder(process.cwd());
  const labelOf = ({ frame }: ProfileNode): string => placeOf(frame).label;
  const show = (amount: number): string =>
    options.isHeap ? `${(amount / 1e3).toFixed(0)} KB` : `${(amount / 1e3).toFixed(1)} ms`;
  const total = totalOf(root);
  const list = (title: string, sums: ReadonlyMap<string, number>): string => {
    const rows = [...sums]
      .slice(0, options.top)
      .map(([label, amount]) => [show(amount), percent(amount / total), label]);
    return renderTable(['self', 'share', title], rows);
  };
  console.log(`${show(total)} in all\n`);
  console.log(
    `${list(
      'file',
      selfBy(root, (frame) => placeOf(frame).file),
    )}\n`,
  );
  console.log(
    list(
      'function',
      selfBy(root, (frame) => placeOf(frame).label),
    ),
  );
  if (options.flame !== null) writeFileSync(options.flame, renderFlame(root, labelOf, show));
  if (options.folded !== null) writeFileSync(options.folded, foldStacks(root, labelOf));
}

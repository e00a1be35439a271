import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The built command line: what users start. */
export const CLI = path.resolve('dist/cli.js');

const REPORTER = path.resolve('bench/perf/report-peak.cjs');

export type Child = {
  /** Default: this Node. */
  readonly file?: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment. Default: ours. */
  readonly env?: Readonly<Record<string, string | undefined>>;
};

/** The least that a process of Node takes: what every whole process is compared with. */
export const BARE: Child = { args: ['-e', '0'], cwd: process.cwd() };

/** Wall time from before its start to after its end, milliseconds. @throws Error when it fails */
export function timeChild({ file = process.execPath, args, cwd, env = process.env }: Child): number {
  const startMs = performance.now();
  const { status, error } = spawnSync(file, args, { cwd, env, stdio: 'ignore' });
  const elapsedMs = performance.now() - startMs;
  if (status !== 0) throw new Error(`${file} ${args.join(' ')} ended with ${error ?? status}`);
  return elapsedMs;
}

/** What it prints. @throws Error when it fails */
export function outputOf(
  { file = process.execPath, args, cwd, env = process.env }: Child,
  more: Readonly<Record<string, string>> = {},
): string {
  const options = { cwd, env: { ...env, ...more }, encoding: 'utf8', maxBuffer: 1e9 } as const;
  const { status, error, stdout, stderr } = spawnSync(file, args, options);
  if (status !== 0) throw new Error(`${file} ${args.join(' ')} ended with ${error ?? status}: ${stderr}`);
  return stdout;
}

/** Most memory that was resident at a time, MB. @throws Error when it fails */
export function peakOf(child: Child, scratch: string): number {
  const file = path.join(scratch, 'peak');
  // No name that the guard takes into the key of a remembered verdict.
  outputOf(child, { NODE_OPTIONS: `--require=${REPORTER}`, BENCH_PEAK_FILE: file });
  if (!existsSync(file)) throw new Error(`node ${child.args.join(' ')} did not report its peak`);
  return Number(readFileSync(file, 'utf8')) / 1e6;
}

/** Every child once in each round, one after the other, so that what slows the machine slows all of them alike. */
export function interleave<Name extends string>(
  rounds: number,
  children: Readonly<Record<Name, Child>>,
  before: (name: Name) => void = () => undefined,
): Record<Name, number[]> {
  const names = Object.keys(children) as Name[];
  const times = Object.fromEntries(names.map((name): [Name, number[]] => [name, []])) as Record<
    Name,
    number[]
  >;
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      before(name);
      times[name].push(timeChild(children[name]));
    }
  }
  return times;
}

/** Round by round. */
export function ratios(times: readonly number[], floor: readonly number[]): number[] {
  return times.map((time, round) => time / (floor[round] ?? Number.NaN));
}

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Child, CLI, ratios } from '../perf/child.js';
import type { BenchPackage } from '../perf/documents.js';
import { inScratch } from '../perf/scratch.js';
import { isLargeDocument, sizedPackages } from '../perf/sized-documents.js';
import type { Samples, Stage } from '../perf/stage.js';
import { startRegistry } from '../perf/start-registry.js';
import { writeBenchProject } from '../perf/write-project.js';

/** What the registry takes for each answer; from the table of issue 7. */
const DELAY_MS = 50;
const ROUNDS = 5;
/** Where the crossover may lie. */
const FEWER = [128, 256, 512, 1_024];

/** `check` of a tree of which everything has to be fetched, empty cache: in the calling thread, and with a thread per core. */
export const uncachedTree: Stage = {
  id: 'POOL001',
  measures: {
    inLine: { what: 'check of 2,440 unknown packages, --workers 0', unit: 'ms' },
    pooled: { what: 'check of 2,440 unknown packages, --workers 2', unit: 'ms' },
    speedUp: { what: '2,440 packages: --workers 0 over --workers 2', unit: 'times as fast' },
    fetching: { what: 'the same without starting, reading and writing the cache', unit: 'times as fast' },
    inLineCpu: { what: 'processor time of --workers 0', unit: 'ms' },
    pooledCpu: { what: 'processor time of --workers 2', unit: 'ms' },
    inLineCores: { what: 'cores that --workers 0 keeps busy', unit: 'cores' },
    speedUpLarge: {
      what: 'the packages with large documents only: --workers 0 over --workers 2',
      unit: 'times as fast',
    },
    ...Object.fromEntries(
      FEWER.map((count) => [
        `speedUp${count}`,
        { what: `${count} packages: --workers 0 over --workers 2`, unit: 'times as fast' as const },
      ]),
    ),
  },
  run: async ({ isBrief }) => {
    const registry = await startRegistry(DELAY_MS, 'sized-registry-server');
    try {
      const packages = sizedPackages(registry.url);
      return await inScratch((scratch) => {
        const samples: Record<string, readonly number[]> = {
          ...measureWhole(packages, registry.url, scratch),
        };
        const speedUp = (some: readonly BenchPackage[]): readonly number[] => {
          const { inLine, pooled } = measure(some, registry.url, scratch, ROUNDS);
          return ratios(wallOf(inLine), wallOf(pooled));
        };
        if (isBrief) return Promise.resolve(samples);
        samples['speedUpLarge'] = speedUp(packages.filter(({ name }) => isLargeDocument(name)));
        for (const count of FEWER) samples[`speedUp${count}`] = speedUp(packages.slice(0, count));
        return Promise.resolve(samples);
      });
    } finally {
      await registry.close();
    }
  },
};

type Run = { readonly wallMs: number; readonly fetchingMs: number; readonly cpuMs: number };
type Runs = { readonly inLine: readonly Run[]; readonly pooled: readonly Run[] };

const wallOf = (runs: readonly Run[]): number[] => runs.map(({ wallMs }) => wallMs);
const cpuOf = (runs: readonly Run[]): number[] => runs.map(({ cpuMs }) => cpuMs);
const fetchingOf = (runs: readonly Run[]): number[] => runs.map(({ fetchingMs }) => fetchingMs);

function measureWhole(packages: readonly BenchPackage[], url: string, scratch: string): Samples {
  const { inLine, pooled } = measure(packages, url, scratch, ROUNDS);
  return {
    inLine: wallOf(inLine),
    pooled: wallOf(pooled),
    speedUp: ratios(wallOf(inLine), wallOf(pooled)),
    fetching: ratios(fetchingOf(inLine), fetchingOf(pooled)),
    inLineCpu: cpuOf(inLine),
    pooledCpu: cpuOf(pooled),
    inLineCores: ratios(cpuOf(inLine), wallOf(inLine)),
  };
}

/** In turn, each with an empty cache. @throws Error where the verdicts differ, or not everything was fetched */
function measure(packages: readonly BenchPackage[], url: string, scratch: string, rounds: number): Runs {
  const cwd = writeBenchProject(path.join(scratch, `project-${packages.length}`), packages);
  let number = 0;
  const run = (workers: number): Run & { readonly verdicts: string } => {
    const cacheDir = path.join(scratch, `cache-${packages.length}-${number++}`);
    const from = ['--registry', url, '--downloads-url', 'none', '--no-data', '--cache-dir', cacheDir];
    const args = [CLI, 'check', ...from, '--workers', String(workers), '--all', '--format', 'json'];
    return runOnce({ args, cwd }, packages.length, path.join(scratch, 'cpu'));
  };
  const [here, there] = [run(0), run(2)];
  if (here.verdicts !== there.verdicts) throw new Error('threads change the verdicts');
  const all = Array.from({ length: rounds }, () => ({ inLine: run(0), pooled: run(2) }));
  return { inLine: all.map(({ inLine }) => inLine), pooled: all.map(({ pooled }) => pooled) };
}

const REPORTER = path.resolve('bench/perf/report-cpu.cjs');

function runOnce({ args, cwd }: Child, count: number, cpuFile: string): Run & { readonly verdicts: string } {
  const env = { ...process.env, NODE_OPTIONS: `--require=${REPORTER}`, BENCH_CPU_FILE: cpuFile };
  const startMs = performance.now();
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  const wallMs = performance.now() - startMs;
  const { status, stats, packages } = JSON.parse(stdout);
  if (status !== 'allowed' || stats.registryRequests !== count)
    throw new Error(`${status}: ${JSON.stringify(stats)} ${stderr}`);
  const cpuMs = Number(readFileSync(cpuFile, 'utf8'));
  return { wallMs, fetchingMs: stats.elapsedMs, cpuMs, verdicts: JSON.stringify(packages) };
}

import path from 'node:path';
import { openBare } from '../perf/bare-undici.js';
import { assertSafe, openBenchWorld, treeOf } from '../perf/bench-world.js';
import { BARE, CLI, interleave, outputOf, ratios } from '../perf/child.js';
import { type BenchPackage, benchPackage } from '../perf/documents.js';
import { inScratch } from '../perf/scratch.js';
import type { Samples, Stage } from '../perf/stage.js';
import { startRegistry } from '../perf/start-registry.js';
import { timeOnce } from '../perf/time-each.js';
import { writeBenchProject } from '../perf/write-project.js';

/** What the registry takes for each answer; from the table of issue 7, like the counts of packages. */
const DELAY_MS = 50;
const FEW = 50;
const MANY = 1_000;

/** Many packages that nothing is known of, at once; with connections that have to be opened. */
export const uncachedPackages: Stage = {
  id: 'PERF003',
  measures: {
    fifty: { what: '50 packages judged, asked of the registry', unit: 'ms' },
    fiftyBare: { what: 'undici alone: the same 50 documents', unit: 'ms', isFloor: true },
    thousand: { what: '1,000 packages judged, asked of the registry', unit: 'ms' },
    thousandBare: { what: 'undici alone: the same 1,000 documents', unit: 'ms', isFloor: true },
    thousandOverBare: { what: '1,000 packages judged, over undici alone', unit: '×' },
    coldProcess: { what: 'process that checks 50 unknown packages, empty cache', unit: '×' },
  },
  run: async ({ isBrief }) => {
    const registry = await startRegistry(DELAY_MS);
    try {
      const few = await measure(registry.url, FEW, isBrief ? 8 : 30);
      if (isBrief) return { fifty: few.judged };
      const many = await measure(registry.url, MANY, 5);
      return {
        fifty: few.judged,
        fiftyBare: few.bare,
        thousand: many.judged,
        thousandBare: many.bare,
        thousandOverBare: ratios(many.judged, many.bare),
        coldProcess: await measureCold(registry.url),
      };
    } finally {
      await registry.close();
    }
  },
};

async function measure(url: string, count: number, rounds: number) {
  const packages = Array.from({ length: count }, (_, index) => benchPackage(index, url));
  // The first loads undici and lets V8 compile.
  for (let call = 0; call < 2; call++) await Promise.all([judgeAll(url, packages), getAll(url, packages)]);
  const [judged, bare]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    bare.push(await getAll(url, packages));
    judged.push(await judgeAll(url, packages));
  }
  return { judged, bare };
}

async function judgeAll(url: string, packages: readonly BenchPackage[]): Promise<number> {
  const world = openBenchWorld(url, null);
  const tree = treeOf(packages);
  try {
    return await timeOnce(async () => assertSafe(await world.judge(tree), packages.length));
  } finally {
    await world.close();
  }
}

async function getAll(url: string, packages: readonly BenchPackage[]): Promise<number> {
  const client = openBare();
  try {
    return await timeOnce(() => Promise.all(packages.map(({ name }) => client.get(url, name))));
  } finally {
    await client.close();
  }
}

/** A cache directory of its own for each run: facts are written, as at a user's first run. */
async function measureCold(url: string): Promise<Samples[string]> {
  return await inScratch((scratch) => {
    const packages = Array.from({ length: FEW }, (_, index) => benchPackage(index, url));
    const cwd = writeBenchProject(path.join(scratch, 'project'), packages);
    const options = ['--registry', url, '--downloads-url', 'none', '--format', 'json'];
    const run = (number: number) => ({
      args: [CLI, 'check', ...options, '--cache-dir', path.join(scratch, `cache-${number}`)],
      cwd,
    });
    const { status, stats } = JSON.parse(outputOf(run(0)));
    if (status !== 'allowed' || stats.registryRequests !== FEW) throw new Error(JSON.stringify(stats));
    const rounds = Array.from({ length: 15 }, (_, round) =>
      interleave(1, { bare: BARE, cold: run(round + 1) }),
    );
    return Promise.resolve(
      ratios(
        rounds.flatMap(({ cold }) => cold),
        rounds.flatMap(({ bare }) => bare),
      ),
    );
  });
}

import { assertSafe, openBenchWorld, outcomeOf, treeOf } from '../perf/bench-world.js';
import { benchPackage } from '../perf/documents.js';
import type { Stage } from '../perf/stage.js';
import { startRegistry } from '../perf/start-registry.js';
import { timeEach } from '../perf/time-each.js';

/** Packages that are judged in turn. */
const PACKAGES = 200;

/** One package whose facts are in memory, through the whole pipeline: name, facts, signals, score, verdict. */
export const cachedPackage: Stage = {
  id: 'PERF001',
  measures: {
    judged: { what: 'one package judged, name and facts from memory', unit: 'ms' },
    established: { what: 'one package judged, established and asked for by others', unit: 'ms' },
  },
  run: async ({ isBrief }) => {
    const registry = await startRegistry(0);
    const world = openBenchWorld(registry.url, null);
    try {
      const packages = Array.from({ length: PACKAGES }, (_, index) => benchPackage(index, registry.url));
      const uncached = await world.judge(treeOf(packages));
      assertSafe(uncached, PACKAGES);
      const trees = packages.map((one) => treeOf([one]));
      const cached = (await Promise.all(trees.map((tree) => world.judge(tree)))).flat();
      if (outcomeOf(cached) !== outcomeOf(uncached)) throw new Error('the cache changes what is judged');
      const rounds = { warmUp: 2_000, timed: isBrief ? 2_000 : 20_000 };
      const known = treeOf([{ ...benchPackage(0, registry.url), name: 'express' }]);
      const byOthers = { ...known, entries: known.entries.map((entry) => ({ ...entry, direct: false })) };
      return {
        judged: await timeEach(rounds, (call) => world.judge(trees[call % PACKAGES] ?? known)),
        established: await timeEach(rounds, () => world.judge(byOthers)),
      };
    } finally {
      await world.close();
      await registry.close();
    }
  },
};

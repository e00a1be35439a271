import { openBenchWorld } from '../perf/bench-world.js';
import { benchPackage } from '../perf/documents.js';
import { contextOf, queryOf } from '../perf/lookup.js';
import type { Stage } from '../perf/stage.js';
import { startRegistry } from '../perf/start-registry.js';
import { timeEach } from '../perf/time-each.js';

const PACKAGES = 200;

/** The facts of one name that this process has read before. */
export const memoryHit: Stage = {
  id: 'PERF005',
  measures: { hit: { what: 'facts of one name from memory', unit: 'ms' } },
  run: async ({ isBrief }) => {
    const registry = await startRegistry(0);
    const world = openBenchWorld(registry.url, null);
    try {
      const queries = Array.from({ length: PACKAGES }, (_, index) => [
        queryOf(benchPackage(index, registry.url), world.registry),
      ]);
      const context = contextOf();
      const asked = await world.packages.lookup(queries.flat(), context);
      const known = await world.packages.lookup(queries.flat(), context);
      for (const [name, answer] of asked) {
        if (answer.kind !== 'found') throw new Error(`${name} is ${answer.kind}`);
        if (JSON.stringify(known.get(name)) !== JSON.stringify({ ...answer, from: 'cache' }))
          throw new Error(`the memory changes the facts of ${name}`);
      }
      const rounds = { warmUp: 5_000, timed: isBrief ? 5_000 : 50_000 };
      return {
        hit: await timeEach(rounds, (call) => world.packages.lookup(queries[call % PACKAGES] ?? [], context)),
      };
    } finally {
      await world.close();
      await registry.close();
    }
  },
};

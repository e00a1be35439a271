import { openBare } from '../perf/bare-undici.js';
import { assertSafe, openBenchWorld, treeOf } from '../perf/bench-world.js';
import { ratios } from '../perf/child.js';
import { benchPackage } from '../perf/documents.js';
import type { Stage } from '../perf/stage.js';
import { startRegistry } from '../perf/start-registry.js';
import { timeOnce } from '../perf/time-each.js';

/** What the registry takes for each answer; from the table of issue 7. */
const DELAY_MS = 50;
/** The first requests open the connection and load undici. */
const WARM_UP = 5;

/** One package that nothing is known of: a request to the registry and everything behind it. */
export const uncachedPackage: Stage = {
  id: 'PERF002',
  measures: {
    judged: { what: 'one package judged, asked of the registry', unit: 'ms' },
    bare: { what: 'undici alone: the same document, parsed', unit: 'ms', isFloor: true },
    overBare: { what: 'one package judged, over undici alone', unit: '×' },
  },
  run: async ({ isBrief }) => {
    const registry = await startRegistry(DELAY_MS);
    const world = openBenchWorld(registry.url, null);
    const client = openBare();
    try {
      const [judged, bare]: [number[], number[]] = [[], []];
      for (let call = 0; call < WARM_UP + (isBrief ? 20 : 150); call++) {
        const one = benchPackage(call, registry.url);
        const bareMs = await timeOnce(() => client.get(registry.url, one.name));
        const judgedMs = await timeOnce(async () => assertSafe(await world.judge(treeOf([one])), 1));
        if (call < WARM_UP) continue;
        bare.push(bareMs);
        judged.push(judgedMs);
      }
      return { judged, bare, overBare: ratios(judged, bare) };
    } finally {
      await Promise.all([client.close(), world.close()]);
      await registry.close();
    }
  },
};

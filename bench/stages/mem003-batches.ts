import path from 'node:path';
import type { ResolvedTree } from '../../src/model/resolved-tree.js';
import { DAY_MS, NOW_MS } from '../accuracy/clock.js';
import { assertSafe, openBenchWorld, treeOf } from '../perf/bench-world.js';
import { trendOf } from '../perf/distribution.js';
import { benchPackage } from '../perf/documents.js';
import { collectAndMeasure } from '../perf/heap.js';
import { inScratch } from '../perf/scratch.js';
import type { Stage } from '../perf/stage.js';
import { startRegistry } from '../perf/start-registry.js';

/** From the table of issue 7. */
const PACKAGES = 100;
const FEW_BATCHES = 5;
const BATCHES = 100;

/**
 * One process that judges batch after batch, with memory, disk and registry: five different ones, and then the same
 * again, each time two days later, so that all facts are stale and are asked for again.
 */
export const batches: Stage = {
  id: 'MEM003',
  measures: {
    fiveBatches: { what: 'growth of resident memory over 5 batches', unit: 'MB', isDifference: true },
    fiveBatchesHeap: { what: 'growth of heap and buffers over 5 batches', unit: 'MB', isDifference: true },
    trend: { what: 'trend of heap and buffers, batches 51 to 100', unit: 'KB a batch', isDifference: true },
    residentTrend: {
      what: 'trend of resident memory, batches 51 to 100',
      unit: 'KB a batch',
      isDifference: true,
    },
  },
  run: async ({ isBrief }) =>
    await inScratch(async (scratch) => {
      const registry = await startRegistry(0);
      const world = openBenchWorld(registry.url, path.join(scratch, 'cache'));
      try {
        const trees = Array.from({ length: FEW_BATCHES }, (_, batch) => batchOf(batch, registry.url));
        // Loads the libraries, opens the connections, lets V8 compile and its young generation reach its size.
        for (let batch = 1; batch <= FEW_BATCHES; batch++)
          assertSafe(await world.judge(batchOf(FEW_BATCHES + batch, registry.url)), PACKAGES);
        await world.flush();
        const first = collectAndMeasure();
        const [heap, resident]: [number[], number[]] = [[], []];
        for (let batch = 0; batch < (isBrief ? FEW_BATCHES : BATCHES); batch++) {
          const nowMs = NOW_MS + Math.floor(batch / FEW_BATCHES) * 2 * DAY_MS;
          const tree = trees[batch % FEW_BATCHES] ?? treeOf([]);
          assertSafe(await world.judge(tree, nowMs), PACKAGES);
          await world.flush();
          const { heapBytes, residentBytes } = collectAndMeasure();
          heap.push(heapBytes / 1e3);
          resident.push(residentBytes / 1e3);
        }
        const grown = ((resident[FEW_BATCHES - 1] ?? 0) - first.residentBytes / 1e3) / 1e3;
        const few = {
          fiveBatches: [grown],
          fiveBatchesHeap: [((heap[FEW_BATCHES - 1] ?? 0) - first.heapBytes / 1e3) / 1e3],
        };
        if (isBrief) return few;
        // V8 compiles hot code for some forty batches: code, which counts as heap.
        const later = (all: readonly number[]): number[] => [trendOf(all.slice(BATCHES / 2))];
        return { ...few, trend: later(heap), residentTrend: later(resident) };
      } finally {
        await world.close();
        await registry.close();
      }
    }),
};

function batchOf(number: number, registryUrl: string): ResolvedTree {
  const first = number * PACKAGES;
  return treeOf(Array.from({ length: PACKAGES }, (_, index) => benchPackage(first + index, registryUrl)));
}

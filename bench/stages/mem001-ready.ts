import { bundleEntry } from '../perf/bundle.js';
import { outputOf } from '../perf/child.js';
import { medianOf } from '../perf/distribution.js';
import type { InUse } from '../perf/heap.js';
import { inScratch } from '../perf/scratch.js';
import type { Stage } from '../perf/stage.js';

/** What a process that is ready to judge has resident over one that does nothing, both after a collection. */
export const ready: Stage = {
  id: 'MEM001',
  measures: {
    bare: { what: 'a process that does nothing, resident', unit: 'MB', isFloor: true },
    ready: { what: 'ready to judge, resident over a process that does nothing', unit: 'MB' },
    readyHeap: { what: 'ready to judge, heap and buffers over a process that does nothing', unit: 'MB' },
  },
  run: async ({ isBrief }) =>
    await inScratch(async (scratch) => {
      const measure = async (entry: string): Promise<readonly InUse[]> => {
        const child = {
          args: ['--expose-gc', await bundleEntry(`bench/children/${entry}.ts`, scratch)],
          cwd: scratch,
        };
        return Array.from({ length: isBrief ? 3 : 9 }, () => JSON.parse(outputOf(child)) as InUse);
      };
      const bare = await measure('bare');
      const resident = medianOf(bare.map(({ residentBytes }) => residentBytes));
      const heap = medianOf(bare.map(({ heapBytes }) => heapBytes));
      const ones = await measure('ready');
      return {
        bare: bare.map(({ residentBytes }) => residentBytes / 1e6),
        ready: ones.map(({ residentBytes }) => (residentBytes - resident) / 1e6),
        readyHeap: ones.map(({ heapBytes }) => (heapBytes - heap) / 1e6),
      };
    }),
};

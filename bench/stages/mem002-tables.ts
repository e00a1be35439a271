import { readFileSync } from 'node:fs';
import path from 'node:path';
import { bundleEntry } from '../perf/bundle.js';
import { outputOf } from '../perf/child.js';
import { HeapGraph } from '../perf/heap-snapshot.js';
import { moduleTables } from '../perf/module-tables.js';
import { inScratch } from '../perf/scratch.js';
import type { Stage } from '../perf/stage.js';

/** One constant of each module that holds tables: techniques, words, topics, core modules. */
const MARKERS = ['LOOK_ALIKES', 'KIND_TABLE', 'TOPIC_TABLE', 'POLYFILLED'];

/** What the techniques look things up in, out of a heap snapshot: constants of modules, without the code. */
export const tables: Stage = {
  id: 'MEM002',
  measures: {
    tables: { what: 'data that the constants of the pattern modules hold', unit: 'KB' },
    modules: { what: 'growth of the heap by the pattern modules, code and source included', unit: 'KB' },
  },
  run: async () =>
    await inScratch(async (scratch) => {
      const file = path.join(scratch, 'tables.heapsnapshot');
      const entry = await bundleEntry('bench/children/tables.ts', scratch, false);
      const { bytes } = JSON.parse(outputOf({ args: ['--expose-gc', entry, file], cwd: scratch }));
      const sizes = moduleTables(new HeapGraph(JSON.parse(readFileSync(file, 'utf8'))), MARKERS);
      const largest = [...sizes].slice(0, 5).map(([name, size]) => `${name} ${(size / 1e3).toFixed(1)} KB`);
      process.stderr.write(`MEM002 largest: ${largest.join(', ')}\n`);
      return {
        tables: [[...sizes.values()].reduce((sum, one) => sum + one, 0) / 1e3],
        modules: [bytes / 1e3],
      };
    }),
};

import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { type Child, CLI, outputOf, timeChild } from '../perf/child.js';
import { establishedNames, mixed, strangers } from '../perf/names.js';
import { inScratch } from '../perf/scratch.js';
import type { Stage } from '../perf/stage.js';

/** Enough that the start of process and workers is a small part. */
const NAMES = 200_000;
/** Of which the output with and without workers is compared. */
const COMPARED = 20_000;
const RUNS = 3;

/** `scan` of a file of names as a whole process, start included, with as many workers as there are cores. */
export const scan: Stage = {
  id: 'PERF009',
  measures: {
    rate: { what: 'names a second and core, all cores', unit: 'names/s' },
    oneThread: { what: 'names a second, --workers 0', unit: 'names/s' },
  },
  run: async ({ isBrief }) => {
    if (isBrief) return { skipped: 'has goals only' };
    return await inScratch((scratch) => {
      const names = mixed([...strangers(20_000), ...establishedNames(10_000)]);
      const file = (count: number): string => {
        const written = path.join(scratch, `names-${count}`);
        const lines = Array.from({ length: count }, (_, index) => names[index % names.length]);
        writeFileSync(written, `${lines.join('\n')}\n`);
        return written;
      };
      const run = (count: number, ...options: string[]): Child => ({
        args: [CLI, 'scan', '--names', file(count), ...options],
        cwd: scratch,
      });
      const alone = outputOf(run(COMPARED, '--workers', '0'));
      if (outputOf(run(COMPARED)) !== alone || alone.split('\n').length !== COMPARED + 1)
        throw new Error('workers change the output');
      const all = run(NAMES);
      const single = run(NAMES, '--workers', '0');
      const rate = (child: Child, cores: number): number[] =>
        Array.from({ length: RUNS }, () => (NAMES / timeChild(child) / cores) * 1000);
      return Promise.resolve({ rate: rate(all, availableParallelism()), oneThread: rate(single, 1) });
    });
  },
};

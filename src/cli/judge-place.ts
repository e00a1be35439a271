import { traceInputs } from '../inputs/trace.js';
import { readTree } from '../lockfile/read-tree.js';
import type { Report } from '../model/report.js';
import { packagesDigest } from '../remember/packages-digest.js';
import type { Io } from './io.js';
import { judgeAndReport } from './judge-and-report.js';
import type { CheckOptions } from './options.js';
import type { VerdictMemory } from './verdict-memory.js';

/** Reads the tree at `place` and judges all of it, and remembers the report for another run. */
export async function judgePlace(
  place: string,
  options: CheckOptions,
  io: Io,
  memory: VerdictMemory,
): Promise<Report> {
  const { result, trace } = await traceInputs(async () => {
    const { report } = await judgeAndReport(await readTree(place), options, io);
    return report;
  });
  await memory.keep(result, trace, packagesDigest([]));
  return result;
}

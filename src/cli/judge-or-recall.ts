import type { Report } from '../model/report.js';
import type { Io } from './io.js';
import type { CheckOptions } from './options.js';
import { openMemory } from './verdict-memory.js';

/** The report on all of the tree at `place`. The code that judges is loaded only where it was not judged before. */
export async function judgeOrRecall(place: string, options: CheckOptions, io: Io): Promise<Report> {
  const memory = openMemory(options, io, place, 'path');
  const known = memory.recall();
  if (known !== null) return known.report;
  const { judgePlace } = await import('./judge-place.js');
  return await judgePlace(place, options, io, memory);
}

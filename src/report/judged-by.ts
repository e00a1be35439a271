import type { Report } from '../model/report.js';
import { count, number } from './numbers.js';

/** By what the packages of a run were judged, one clause each. */
export function judgedBy({ stats, tool }: Pick<Report, 'stats' | 'tool'>): readonly string[] {
  const data = tool.dataDate === null ? 'the bundled names' : `the names of ${tool.dataDate}`;
  return [
    ...(stats.corpus > 0 ? [`${number(stats.corpus)} by ${data}`] : []),
    ...(stats.cacheHits > 0 ? [`${count(stats.cacheHits, 'name')} from the cache`] : []),
    count(stats.registryRequests, 'registry request'),
    ...(stats.integrityCompared > 0
      ? [`${count(stats.integrityCompared, 'integrity', 'integrities')} compared`]
      : []),
  ];
}

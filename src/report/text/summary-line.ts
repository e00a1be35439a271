import type { Report } from '../../model/report.js';
import { sanitize } from '../sanitize.js';
import type { Layout } from './layout.js';

/** The whole run in one line: what came of it, how many were judged, in what time, and by what. */
export function renderSummary({ status, since, summary, stats, tool }: Report, layout: Layout): string {
  const counts = [
    ...(since === null ? [] : [`${number(since.unchanged)} unchanged since ${sanitize(since.ref)}`]),
    ...(summary.blocked > 0 ? [`${number(summary.blocked)} blocked`] : []),
    ...(summary.suspicious > 0 ? [`${number(summary.suspicious)} suspicious`] : []),
    ...(summary.unknown > 0 ? [`${number(summary.unknown)} unknown`] : []),
  ];
  const judged = `${count(summary.packages, 'package')} judged in ${seconds(stats.elapsedMs)}`;
  const data = tool.dataDate === null ? 'the bundled names' : `the names of ${tool.dataDate}`;
  const how = [
    ...(stats.corpus > 0 ? [`${number(stats.corpus)} by ${data}`] : []),
    ...(stats.cacheHits > 0 ? [`${count(stats.cacheHits, 'name')} from the cache`] : []),
    count(stats.registryRequests, 'registry request'),
    ...(stats.integrityCompared > 0
      ? [`${count(stats.integrityCompared, 'integrity', 'integrities')} compared`]
      : []),
  ].join(', ');
  const what = layout.paint(status === 'allowed' ? 'green' : 'red', status);
  return layout.indented('', `${what}: ${[judged, ...counts].join(', ')} ${layout.paint('dim', `(${how})`)}`);
}

function seconds(elapsedMs: number): string {
  return elapsedMs < 1_000 ? `${Math.round(elapsedMs)} ms` : `${(elapsedMs / 1_000).toFixed(1)} s`;
}

function count(value: number, one: string, many = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}

/** By hand: to load the formats of a language takes as long as to read a remembered verdict. */
function number(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

import type { Report } from '../../model/report.js';
import { judgedBy } from '../judged-by.js';
import { count, number, seconds } from '../numbers.js';
import { sanitize } from '../sanitize.js';
import type { Layout } from './layout.js';

/** The whole run in one line: what came of it, how many were judged, in what time, and by what. */
export function renderSummary(report: Report, layout: Layout): string {
  const { status, since, summary, stats } = report;
  const counts = [
    ...(since === null ? [] : [`${number(since.unchanged)} unchanged since ${sanitize(since.ref)}`]),
    ...(summary.blocked > 0 ? [`${number(summary.blocked)} blocked`] : []),
    ...(summary.suspicious > 0 ? [`${number(summary.suspicious)} suspicious`] : []),
    ...(summary.unknown > 0 ? [`${number(summary.unknown)} unknown`] : []),
  ];
  const judged = `${count(summary.packages, 'package')} judged in ${seconds(stats.elapsedMs)}`;
  const what = layout.paint(status === 'allowed' ? 'green' : 'red', status);
  const how = layout.paint('dim', `(${judgedBy(report).join(', ')})`);
  return layout.indented('', `${what}: ${[judged, ...counts].join(', ')} ${how}`);
}

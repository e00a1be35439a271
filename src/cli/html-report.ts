import type { Report } from '../model/report.js';
import { renderHtml } from '../report/html/render-html.js';
import type { Io } from './io.js';
import { managerAt } from './text-options.js';

/** The report as a page, with the commands of the manager in use. */
export async function htmlReport(report: Report, io: Io, place: string | null): Promise<string> {
  const manager = report.packages.length === 0 ? 'npm' : await managerAt(place ?? io.cwd);
  return renderHtml(report, { manager, inProject: place !== null });
}

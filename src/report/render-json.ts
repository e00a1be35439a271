import type { Report } from '../model/report.js';

/** The one JSON document of `--format json`, with a final newline. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

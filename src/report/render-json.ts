import type { Report } from '../model/report.js';
import { printJson } from './print-json.js';

/** The one JSON document of `--format json`, with a final newline. */
export function renderJson(report: Report): string {
  return printJson(report);
}

import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { GuardError } from '../errors.js';
import type { Report } from '../model/report.js';
import type { Format } from '../report/formats.js';
import { renderJson } from '../report/render-json.js';
import { renderText, type TextOptions } from '../report/render-text.js';
import type { Io } from './io.js';

/** Renders a report in a format that this version has. */
export function renderReport(report: Report, format: Format, options: TextOptions): string {
  return format === 'json' ? renderJson(report) : renderText(report, options);
}

/** Puts the result where the user wants it. @throws GuardError `OUTPUT_UNWRITABLE` */
export async function writeResult(text: string, output: string | null, io: Io): Promise<void> {
  if (output === null) {
    await io.stdout.write(text);
    return;
  }
  try {
    await writeFile(path.resolve(io.cwd, output), text);
  } catch (cause) {
    throw new GuardError(
      'OUTPUT_UNWRITABLE',
      `${output} could not be written`,
      'choose a path that you can write to',
      cause,
    );
  }
}

import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { GuardError } from '../errors.js';
import type { Report } from '../model/report.js';
import { renderJson } from '../report/render-json.js';
import { renderText } from '../report/text/render-text.js';
import type { Io } from './io.js';
import type { CheckOptions } from './options.js';
import { type Shown, textOptionsFor } from './text-options.js';

/**
 * Renders a report. What only some formats need is loaded for them.
 *
 * @param place what was judged, for formats that point into files: a file or a project directory, absolute; `null` = names that
 * were typed
 */
export async function renderReport(
  report: Report,
  options: Shown & Pick<CheckOptions, 'format'>,
  io: Io,
  place: string | null,
): Promise<string> {
  switch (options.format) {
    case 'json':
      return renderJson(report);
    case 'markdown':
      return (await import('../report/markdown/render-markdown.js')).renderMarkdown(report);
    case 'sarif': {
      const { renderSarif } = await import('../report/sarif/render-sarif.js');
      const { locatePackages } = await import('./locate-packages.js');
      return renderSarif(report, await locatePackages(report, place, io));
    }
    case 'github':
      return await (await import('./github-report.js')).githubReport(report, options, io, place);
    case 'html':
      return await (await import('./html-report.js')).htmlReport(report, io, place);
    case 'text':
      return renderText(report, await textOptionsFor(report, options, io, place));
  }
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

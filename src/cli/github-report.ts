import { appendFile } from 'node:fs/promises';
import type { Report } from '../model/report.js';
import { renderAnnotations } from '../report/github/render-annotations.js';
import { withoutCommands } from '../report/github/without-commands.js';
import { renderMarkdown } from '../report/markdown/render-markdown.js';
import { renderText } from '../report/text/render-text.js';
import type { Io } from './io.js';
import { locatePackages } from './locate-packages.js';
import { type Shown, textOptionsFor } from './text-options.js';

/**
 * The report for a job of GitHub Actions: annotations, then the text for the log. The summary of the job gets the Markdown;
 * where that can't be written, stderr says so.
 */
export async function githubReport(
  report: Report,
  shown: Shown,
  io: Io,
  place: string | null,
): Promise<string> {
  await appendSummary(report, io);
  const annotations = renderAnnotations(report, await locatePackages(report, place, io));
  const text = renderText(report, await textOptionsFor(report, { ...shown, color: false }, io, place));
  return `${annotations}${withoutCommands(text)}`;
}

async function appendSummary(report: Report, { env, stderr }: Io): Promise<void> {
  const file = env['GITHUB_STEP_SUMMARY'];
  if (!file) return;
  try {
    await appendFile(file, renderMarkdown(report));
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    stderr.write(`The summary of the job could not be written: ${reason}\n`);
  }
}

import { createHash } from 'node:crypto';
import type { Report } from '../../model/report.js';
import type { AdviceOptions } from './advice.js';
import { describeOutcome, renderBanner } from './banner.js';
import { type Html, html } from './html.js';
import { renderPackages } from './package-table.js';
import { PAGE_SCRIPT } from './page-script.js';
import { renderError, renderExceptions, renderNotices, renderUnchecked } from './sections.js';
import { STYLE } from './style/style.js';
import { STATUS_WORDS } from './words.js';

/**
 * The report as one page that needs nothing else: it asks nobody for anything, and its security policy lets it ask nobody. Without
 * JavaScript all of it can be read. Pure.
 */
export function renderHtml(report: Report, options: AdviceOptions): string {
  const title = `${STATUS_WORDS[report.status]}: ${describeOutcome(report)}`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${CONTENT_SECURITY_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="${report.tool.name} ${report.tool.version}">
<title>${title}</title>
<style>${ours(STYLE)}</style>
<script>${ours(PAGE_SCRIPT)}</script>
</head>
<body>
${renderBanner(report)}
<main>
${renderError(report)}
${renderNotices(report)}
${renderPackages(report, options)}
${renderExceptions(report)}
${renderUnchecked(report)}
</main>
</body>
</html>
`.markup;
}

/** What stands in style and script elements is not escaped; it is never foreign. */
function ours(markup: string): Html {
  return { markup };
}

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src '${hashOf(STYLE)}'`,
  `script-src '${hashOf(PAGE_SCRIPT)}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

import type { Report } from '../../model/report.js';
import type { Risk } from '../../model/verdict.js';
import { judgedBy } from '../judged-by.js';
import { count, number, seconds } from '../numbers.js';
import { type Html, html, NOTHING } from './html.js';
import { RISK_WORDS, STATUS_WORDS } from './words.js';

/** What came of the run, before anything else: the status, what it means, the counts, and by what and in what time. */
export function renderBanner(report: Report): Html {
  const { status, summary, stats, since } = report;
  const how = judgedBy(report).join(', ');
  return html`<header class="banner ${status}">
<p class="tool">${report.tool.name} ${report.tool.version}</p>
<h1>${renderMark(status)}${STATUS_WORDS[status]}</h1>
<p class="meaning">${describeOutcome(report)}</p>
${since === null ? NOTHING : html`<p>Only what changed since <code>${since.ref}</code> (<code>${since.commit.slice(0, 7)}</code>): ${count(since.unchanged, 'entry is', 'entries are')} as before.</p>`}
${summary.packages === 0 ? NOTHING : renderCounts(report)}
<p class="how">${count(summary.packages, 'package')} judged in ${seconds(stats.elapsedMs)}: ${how}</p>
${renderJumps(report)}
</header>`;
}

/** The status in a sentence. */
export function describeOutcome({
  status,
  summary: { packages, blocked, suspicious, unknown },
}: Report): string {
  const all = count(packages, 'package');
  switch (status) {
    case 'allowed':
      if (packages === 0) return 'There was nothing to judge.';
      return suspicious > 0
        ? `None of ${all} is blocked; ${number(suspicious)} to look at.`
        : `Nothing speaks against ${packages === 1 ? 'the package' : `the ${all}`}.`;
    case 'blocked':
      return `${number(blocked)} of ${all} must not be installed.`;
    case 'undecided':
      return unknown > 0
        ? `${number(unknown)} of ${all} could not be judged, so nothing is installed.`
        : 'Nothing could be decided, so nothing is installed.';
  }
}

const MARKS: Readonly<Record<Report['status'], Html>> = {
  allowed: html`<path d="M7 12.5l3.5 3.5L17 8.5"/>`,
  blocked: html`<path d="M8 8l8 8M16 8l-8 8"/>`,
  undecided: html`<path d="M9 9.5a3 3 0 1 1 4.2 2.7c-.8.4-1.2 1-1.2 1.8M12 17v.2"/>`,
};

function renderMark(status: Report['status']): Html {
  return html`<svg class="mark" width="40" height="40" viewBox="0 0 24 24" fill="none" stroke="currentColor" aria-hidden="true"><circle cx="12" cy="12" r="10"/>${MARKS[status]}</svg>`;
}

function renderCounts({ summary }: Report): Html {
  const counts: readonly (readonly [Risk, number])[] = [
    ['not-found', summary.notFound],
    ['high-risk', summary.highRisk],
    ['suspicious', summary.suspicious],
    ['unknown', summary.unknown],
    ['safe', summary.safe],
  ];
  return html`<dl class="counts">${counts.map(([risk, found]) => html`<div class="${risk}${found === 0 ? ' zero' : ''}"><dt>${RISK_WORDS[risk]}</dt><dd>${number(found)}</dd></div>`)}</dl>`;
}

function renderJumps({ packages, exceptions, unchecked }: Report): Html {
  const places: readonly (readonly [string, string, number])[] = [
    ['packages', 'Packages', packages.length],
    ['exceptions', 'Exceptions', exceptions.length],
    ['unchecked', 'Not checked', unchecked.length],
  ];
  const links = places.filter(([, , found]) => found > 0);
  if (links.length < 2) return NOTHING;
  return html`<nav aria-label="Parts of the report"><ul>${links.map(([id, title, found]) => html`<li><a href="#${id}">${title} (${number(found)})</a></li>`)}</ul></nav>`;
}

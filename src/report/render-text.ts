import { styleText } from 'node:util';
import type { Report, ReportedPackage } from '../model/report.js';
import { renderException } from './render-exception.js';
import { sanitize } from './sanitize.js';
import { signalTexts } from './signal-texts.js';

export type TextOptions = { readonly color: boolean; readonly quiet: boolean; readonly verbose: boolean };
type Paint = (style: 'red' | 'yellow' | 'green' | 'bold' | 'dim', text: string) => string;

/** Places of the same package that are written out; the rest are counted. */
const PATHS_SHOWN = 3;
/** Unchecked things that are written out without `--verbose`. */
const UNCHECKED_SHOWN = 5;

/** The report for a person: a block for each package that is not safe, then one line of summary. */
export function renderText(report: Report, { color, quiet, verbose }: TextOptions): string {
  const paint: Paint = color ? (style, text) => styleText(style, text) : (_, text) => text;
  if (quiet && report.status === 'allowed' && isUnquestioned(report)) return '';
  const blocks = groupByPackage(report.packages).map((group) => renderPackage(group, paint));
  return [
    ...blocks,
    renderExceptions(report, paint),
    renderNotices(report, paint),
    renderUnchecked(report, verbose, paint),
    renderError(report, paint),
    renderSummary(report, paint),
  ]
    .filter((part) => part !== '')
    .join('\n')
    .concat('\n');
}

/** Nothing of the configuration took part that its reader should hear about. */
function isUnquestioned({ exceptions, notices }: Report): boolean {
  return exceptions.length === 0 && notices.length === 0;
}

function renderExceptions({ exceptions }: Report, paint: Paint): string {
  if (exceptions.length === 0) return '';
  const lines = exceptions.map((exception) => `    ${renderException(exception)}`);
  return [paint('bold', 'Exceptions'), ...lines, ''].join('\n');
}

function renderNotices({ notices }: Report, paint: Paint): string {
  return notices.map((notice) => `${paint('yellow', 'NOTE')}  ${sanitize(notice)}\n`).join('');
}

function groupByPackage(packages: readonly ReportedPackage[]): ReportedPackage[][] {
  const groups = new Map<string, ReportedPackage[]>();
  for (const reported of packages) {
    const key = JSON.stringify([reported.name, reported.version, reported.alias, reported.risk]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [reported]);
    else group.push(reported);
  }
  return [...groups.values()];
}

function renderPackage(group: readonly ReportedPackage[], paint: Paint): string {
  const [first] = group;
  if (first === undefined) return '';
  const signals = first.signals.map(
    ({ code, evidence }) => `    ${sanitize(signalTexts[code](evidence))} ${paint('dim', `(${code})`)}`,
  );
  return [
    `${headline(first, paint)}`,
    ...signals,
    ...renderPaths(group),
    ...renderSuggestions(first),
    '',
  ].join('\n');
}

function headline({ name, version, alias, risk, action, score }: ReportedPackage, paint: Paint): string {
  const label = sanitize(version === null ? name : `${name}@${version}`);
  const as = alias === null ? '' : ` (installed as ${sanitize(alias)})`;
  const title = `${action === 'block' ? 'BLOCKED' : action === 'warn' ? 'WARNING' : 'ok'}  ${paint('bold', label)}${as}`;
  const detail = risk === 'not-found' || risk === 'unknown' ? risk : `${risk}, score ${score.toFixed(2)}`;
  return `${paint(action === 'block' ? 'red' : action === 'warn' ? 'yellow' : 'green', title)}  ${detail}`;
}

function renderPaths(group: readonly ReportedPackage[]): string[] {
  const paths = group.flatMap(({ requestedBy }) => requestedBy).toSorted((a, b) => a.length - b.length);
  const shown = paths
    .slice(0, PATHS_SHOWN)
    .map((path) => `    asked for by ${path.map(sanitize).join(' > ')}`);
  const hidden = paths.length - shown.length;
  return hidden > 0 ? [...shown, `    and by ${hidden} more`] : shown;
}

function renderSuggestions({ suggestions }: ReportedPackage): string[] {
  return suggestions.map(({ name, why }) => `    did you mean ${sanitize(name)}? ${sanitize(why)}`);
}

function renderUnchecked({ unchecked }: Report, verbose: boolean, paint: Paint): string {
  if (unchecked.length === 0) return '';
  const shown = verbose ? unchecked : unchecked.slice(0, UNCHECKED_SHOWN);
  const more = unchecked.length - shown.length;
  return [
    paint('bold', 'Not checked'),
    ...shown.map(({ id, reason }) => `    ${sanitize(id)}: ${sanitize(reason)}`),
    ...(more > 0 ? [`    and ${more} more (--verbose lists them)`] : []),
    '',
  ].join('\n');
}

function renderError({ error }: Report, paint: Paint): string {
  return error === null
    ? ''
    : `${paint('red', error.code)}  ${sanitize(error.message)}\n    ${sanitize(error.hint)}\n`;
}

function renderSummary({ status, since, summary, stats }: Report, paint: Paint): string {
  const parts = [
    `${summary.packages} packages judged`,
    ...(since === null ? [] : [`${since.unchanged} unchanged since ${sanitize(since.ref)}`]),
    ...(summary.blocked > 0 ? [`${summary.blocked} blocked`] : []),
    ...(summary.suspicious > 0 ? [`${summary.suspicious} suspicious`] : []),
    ...(summary.unknown > 0 ? [`${summary.unknown} unknown`] : []),
  ];
  const compared = stats.integrityCompared === 0 ? '' : `${stats.integrityCompared} integrities compared, `;
  const how = `${stats.registryRequests} registry requests, ${stats.cacheHits} names from the cache, ${compared}${Math.round(stats.elapsedMs)} ms`;
  return `${paint(status === 'allowed' ? 'green' : 'red', status)}: ${parts.join(', ')} ${paint('dim', `(${how})`)}`;
}

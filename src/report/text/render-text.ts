import type { Report, ReportedPackage } from '../../model/report.js';
import { renderException } from '../render-exception.js';
import { sanitize } from '../sanitize.js';
import { worstFirst } from '../worst-first.js';
import { type Layout, PLAIN } from './layout.js';
import { type BlockOptions, headline, type PackageGroup, renderBlock } from './package-block.js';
import { renderSummary } from './summary-line.js';

export type TextOptions = BlockOptions & { readonly quiet: boolean; readonly layout: Layout };

/** For files, and for the messages of other programs. */
export const PLAIN_TEXT: TextOptions = {
  layout: PLAIN,
  quiet: false,
  verbose: false,
  manager: 'npm',
  inProject: true,
};

/** Unchecked things that are written out without `--verbose`. */
const UNCHECKED_SHOWN = 5;
/** Packages that get a block without `--verbose`: more than a screen or two nobody reads. The others get a line each. */
const BLOCKS_SHOWN = 20;

/** The report for a person: a block for each package that is not safe, the worst first, then one line of summary. */
export function renderText(report: Report, options: TextOptions): string {
  const { layout, quiet, verbose } = options;
  if (quiet && report.status === 'allowed' && isUnquestioned(report)) return '';
  const groups = groupByPackage(report.packages.toSorted(worstFirst));
  const shown = verbose ? groups : groups.slice(0, BLOCKS_SHOWN);
  const rest = groups.slice(shown.length);
  return [
    ...shown.map((group) => renderBlock(group, layout, options)),
    ...(rest.length === 0 ? [] : [`${rest.map(([first]) => headline(first, layout)).join('\n')}\n`]),
    renderExceptions(report, layout),
    renderNotices(report, layout),
    renderUnchecked(report, layout, verbose),
    renderError(report, layout),
    renderSummary(report, layout),
  ]
    .filter((part) => part !== '')
    .join('\n')
    .concat('\n');
}

/** Nothing of the configuration took part that its reader should hear about. */
function isUnquestioned({ exceptions, notices }: Report): boolean {
  return exceptions.length === 0 && notices.length === 0;
}

function groupByPackage(packages: readonly ReportedPackage[]): readonly PackageGroup[] {
  const groups = new Map<string, [ReportedPackage, ...ReportedPackage[]]>();
  for (const reported of packages) {
    const key = JSON.stringify([reported.name, reported.version, reported.alias, reported.risk]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [reported]);
    else group.push(reported);
  }
  return [...groups.values()];
}

function renderExceptions({ exceptions }: Report, { paint, indented }: Layout): string {
  if (exceptions.length === 0) return '';
  const lines = exceptions.map((exception) => indented('    ', renderException(exception)));
  return [paint('bold', 'Exceptions'), ...lines, ''].join('\n');
}

function renderNotices({ notices }: Report, { paint, indented }: Layout): string {
  return notices
    .map((notice) => `${indented('', `${paint('yellow', 'NOTE')}  ${sanitize(notice)}`)}\n`)
    .join('');
}

function renderUnchecked({ unchecked }: Report, { paint, indented }: Layout, verbose: boolean): string {
  if (unchecked.length === 0) return '';
  const shown = verbose ? unchecked : unchecked.slice(0, UNCHECKED_SHOWN);
  const more = unchecked.length - shown.length;
  return [
    paint('bold', 'Not checked'),
    ...shown.map(({ id, reason }) => indented('    ', `${sanitize(id)}: ${sanitize(reason)}`)),
    ...(more > 0 ? [`    and ${more} more (--verbose lists them)`] : []),
    '',
  ].join('\n');
}

function renderError({ error }: Report, { paint, indented }: Layout): string {
  if (error === null) return '';
  return `${indented('', `${paint('red', error.code)}  ${sanitize(error.message)}`)}\n${indented('    ', sanitize(error.hint))}\n`;
}

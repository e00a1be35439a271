import type { Mentioned, Report, ReportedPackage } from '../../model/report.js';
import { placeLabel } from '../location.js';
import { raisingSignals } from '../raising-signals.js';
import { renderException } from '../render-exception.js';
import { signalTexts } from '../signal-texts.js';
import { worstFirst } from '../worst-first.js';
import { codeOf, escapeMarkdown } from './escape-markdown.js';

/** The first line of every comment, by which a program finds the one that it wrote before. */
export const MARKER = '<!-- phantom-guard-install -->';

/** GitHub takes comments of at most 65,536 characters: so many for the table, and so many for each part that is folded up. */
const TABLE_CHARACTERS = 36_000;
const FOLDED_CHARACTERS = 7_000;
/** Facts that are told of a package in the table. */
const FACTS_SHOWN = 2;
/** Places of a package that are named in the table. */
const PLACES_SHOWN = 5;
const LABEL = { block: 'blocked', warn: 'warning', allow: 'ok' } as const;

/** The report as a comment on a change: a headline, a table of what is not safe, and the rest folded up. */
export function renderMarkdown(report: Report): string {
  const packages = report.packages.toSorted(worstFirst);
  const parts = [
    MARKER,
    `### ${headline(report)}`,
    ...(report.error === null
      ? []
      : [
          `**${report.error.code}**: ${escapeMarkdown(report.error.message)}  \n${escapeMarkdown(report.error.hint)}`,
        ]),
    ...(packages.length === 0 ? [] : [table(packages)]),
    folded('Exceptions', report.exceptions.map(renderException)),
    folded('Notes', report.notices),
    folded(
      'Not checked',
      report.unchecked.map(({ id, reason }) => `${id}: ${reason}`),
    ),
    `<sub>${summary(report)}</sub>`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function headline({ status, summary: { packages, blocked, suspicious, unknown }, since }: Report): string {
  const scope = since === null ? '' : ` of what changed since ${codeOf(since.ref)}`;
  switch (status) {
    case 'allowed':
      return suspicious > 0
        ? `${count(suspicious, 'package')}${scope} to look at, none blocked`
        : `Nothing blocked: ${count(packages, 'package')}${scope} judged`;
    case 'blocked':
      return `${count(blocked, 'package')}${scope} blocked`;
    case 'undecided':
      return unknown > 0 ? `No verdict on ${count(unknown, 'package')}${scope}` : 'No verdict';
  }
}

function table(packages: readonly ReportedPackage[]): string {
  const rows = packages.map((reported) => {
    const { name, version, alias, action, risk, requestedBy, locations } = reported;
    const label = codeOf(version === null ? name : `${name}@${version}`);
    const as = alias === null ? '' : ` as ${codeOf(alias)}`;
    const path =
      locations.length > 0 ? places(locations) : (requestedBy[0] ?? []).map(escapeMarkdown).join(' → ');
    return `| **${LABEL[action]}** (${risk}) | ${label}${as} | ${facts(reported)} | ${path} | ${meant(reported)} |`;
  });
  return [
    '| | package | why | asked for by | did you mean |',
    '|---|---|---|---|---|',
    ...withRoom(rows, TABLE_CHARACTERS),
  ].join('\n');
}

function places(locations: readonly Mentioned[]): string {
  const shown = locations.slice(0, PLACES_SHOWN).map((place) => escapeMarkdown(placeLabel(place)));
  const hidden = locations.length - shown.length;
  return [...shown, ...(hidden === 0 ? [] : [`and ${hidden} more`])].join('<br>');
}

function facts(reported: ReportedPackage): string {
  return raisingSignals(reported)
    .slice(0, FACTS_SHOWN)
    .map(({ code, evidence }) => `${escapeMarkdown(signalTexts[code](evidence))} (${code})`)
    .join('<br>');
}

function meant({ suggestions }: ReportedPackage): string {
  return suggestions.map(({ name, why }) => `${codeOf(name)}: ${escapeMarkdown(why)}`).join('<br>');
}

function folded(title: string, items: readonly string[]): string {
  if (items.length === 0) return '';
  const lines = items.map((item) => `- ${escapeMarkdown(item)}`);
  const list = withRoom(lines, FOLDED_CHARACTERS).join('\n');
  return `<details><summary>${title} (${items.length})</summary>\n\n${list}\n\n</details>`;
}

function summary({ tool, summary: { packages }, stats, since }: Report): string {
  const unchanged = since === null ? '' : `, ${since.unchanged} unchanged`;
  return `${count(packages, 'package')} judged${unchanged}, ${count(stats.registryRequests, 'registry request')}; phantom-guard-install ${escapeMarkdown(tool.version)}`;
}

/** As many of the lines as there is room for, and a last one that says how many are missing. */
function withRoom(lines: readonly string[], characters: number): readonly string[] {
  let used = 0;
  const shown = lines.filter((line) => {
    used += line.length + 1;
    return used <= characters;
  });
  const cut = lines.length - shown.length;
  return cut === 0 ? lines : [...shown, '', `${cut} more are left out here: \`--format json\` has all.`];
}

function count(value: number, one: string): string {
  return `${value} ${value === 1 ? one : `${one}s`}`;
}

import type { Report } from '../../model/report.js';
import type { Risk } from '../../model/verdict.js';
import { count } from '../numbers.js';
import { worstFirst } from '../worst-first.js';
import type { AdviceOptions } from './advice.js';
import { type Html, html, NOTHING } from './html.js';
import { type MergedPackage, mergeEntries } from './merge-entries.js';
import { COLUMNS, renderPackageRow } from './package-row.js';
import { RISK_WORDS } from './words.js';

/** With so few findings there is no need to choose which one to open. */
const OPEN_AT_FIRST = 3;

/** All packages of a report in a table, the worst first, and the controls that the page's script brings to life. */
export function renderPackages({ packages, summary }: Report, options: AdviceOptions): Html {
  if (packages.length === 0) {
    return summary.packages === 0
      ? NOTHING
      : html`<section id="packages"><h2>Packages</h2><p class="none">All packages are safe. <code>--all</code> lists them, too.</p></section>`;
  }
  const merged = mergeEntries(packages.toSorted(worstFirst));
  const leftOut = summary.packages > packages.length;
  return html`<section id="packages"><h2>Packages</h2>
${leftOut ? html`<p class="note">Safe packages are left out; <code>--all</code> lists them, too.</p>` : NOTHING}
${renderControls(merged)}
<table${merged.length <= OPEN_AT_FIRST ? html` data-open=""` : NOTHING}><caption class="hidden-text">Packages, the worst first</caption>
<thead><tr>${COLUMNS.map((column) => html`<th scope="col" class="${column.toLowerCase().replace(/ .*/, '')}">${column}</th>`)}</tr></thead>
${merged.map((one, place) => renderPackageRow(one, place, options))}</table>
<p id="no-match" class="none" hidden>No package matches the filter.</p>
</section>`;
}

/** Hidden where no script can act on them. */
function renderControls(merged: readonly MergedPackage[]): Html {
  const risks = (Object.keys(RISK_WORDS) as Risk[])
    .map((risk) => ({ risk, found: merged.filter((one) => one.risk === risk).length }))
    .filter(({ found }) => found > 0);
  return html`<form id="controls" role="search" aria-label="Packages" hidden>
<label class="search"><span>Filter by text</span><input id="text-filter" type="search" placeholder="name, signal, fact or path" autocomplete="off" spellcheck="false"></label>
<fieldset><legend>Risk</legend>${risks.map(({ risk, found }) => html`<label class="choice ${risk}"><input type="checkbox" name="risk" value="${risk}" checked> ${RISK_WORDS[risk]} <span class="count">${found}</span></label>`)}</fieldset>
<button type="button" id="open-all">Open all</button>
<p id="shown" role="status">${count(merged.length, 'package')} shown</p>
</form>`;
}

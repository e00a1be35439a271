import type { ReportedPackage } from '../../model/report.js';
import { count } from '../numbers.js';
import { raisingSignals } from '../raising-signals.js';
import { signalTexts } from '../signal-texts.js';
import { type AdviceOptions, renderAdvice } from './advice.js';
import { type Html, html, NOTHING } from './html.js';
import type { MergedPackage } from './merge-entries.js';
import { renderPackageFacts } from './package-facts.js';
import { renderPaths } from './paths.js';
import { renderSignals } from './signal-list.js';
import { ACTION_WORDS, RISK_WORDS, STATUS_WORDS, specOf } from './words.js';

/** Facts that are told of a package before its row is opened. */
const FACTS_SHOWN = 2;
const BAR_WIDTH = 44;

/** Columns of the table, by which it can be sorted. `data-key` of a cell is what it is sorted by, where that isn't its text. */
export const COLUMNS = ['Package', 'Verdict', 'Score', 'Why', 'Asked for by'] as const;

/** A package in a group of two rows: what decided, and below it all else, which the page's script opens and closes. */
export function renderPackageRow(merged: MergedPackage, place: number, options: AdviceOptions): Html {
  const id = `package-${place}`;
  return html`<tbody class="${merged.risk}" data-risk="${merged.risk}">
<tr class="head"><th scope="row" data-key="${merged.name}"><span class="spec" data-opens="${id}">${specOf(merged)}</span>${renderTags(merged)}</th>
<td class="verdict" data-key="${-place}">${renderVerdict(merged)}</td>
${renderScore(merged)}
<td class="why">${renderWhy(merged)}</td>
<td class="asked" data-key="${merged.requestedBy[0]?.length ?? 0}">${renderAsked(merged)}</td></tr>
<tr class="more" id="${id}"><td colspan="${COLUMNS.length}"><div class="parts">
<section><h3>What was found</h3>${renderSignals(merged)}</section>
<section>${renderAdvice(merged, options)}<h3>Facts</h3>${renderPackageFacts(merged)}</section>
<section class="wide"><h3>Who asks for it</h3>${renderPaths(merged)}</section>
</div></td></tr>
</tbody>
`;
}

/** What nobody could judge holds an install up, but is no package that was found to be bad. */
function renderVerdict({ action, risk }: ReportedPackage): Html {
  const isOpen = risk === 'unknown' && action === 'block';
  const [tone, word] = isOpen ? ['undecided', STATUS_WORDS.undecided] : [action, ACTION_WORDS[action]];
  return html`<span class="badge ${tone}">${word}</span> <span class="risk">${RISK_WORDS[risk]}</span>`;
}

function renderTags({ alias, places }: MergedPackage): Html {
  return html`${alias === null ? NOTHING : html` <span class="tag">installed as <code>${alias}</code></span>`}${places === 1 ? NOTHING : html` <span class="tag">at ${count(places, 'place')}</span>`}`;
}

/** What does not exist or could not be judged has no degree. */
function renderScore({ risk, score }: ReportedPackage): Html {
  if (risk === 'not-found') return html`<td class="score" data-key="2">–</td>`;
  if (risk === 'unknown') return html`<td class="score" data-key="-1">–</td>`;
  // Thousands of bars make the page slow, and here they would be empty.
  if (risk === 'safe') return html`<td class="score">${score.toFixed(2)}</td>`;
  const filled = Math.round(score * BAR_WIDTH);
  return html`<td class="score" data-key="${score}">${score.toFixed(2)} <svg width="${BAR_WIDTH}" height="4" aria-hidden="true"><rect class="track" width="${BAR_WIDTH}" height="4" rx="2"/><rect class="fill ${risk}" width="${filled}" height="4" rx="2"/></svg></td>`;
}

function renderWhy(merged: MergedPackage): Html {
  const against = raisingSignals(merged);
  const shown = against.slice(0, FACTS_SHOWN);
  if (merged.risk === 'unknown') return html`could not be judged`;
  if (shown.length === 0) return html`nothing speaks against it`;
  const more = against.length - shown.length;
  const texts = shown.map(({ code, evidence }) => signalTexts[code](evidence)).join('; ');
  return html`${texts}${more === 0 ? NOTHING : html` <span class="note">and ${more} more</span>`}`;
}

function renderAsked({ requestedBy, direct }: ReportedPackage): Html {
  const [shortest] = requestedBy;
  const by = shortest?.at(-2);
  if (by === undefined) return html`${direct ? 'the project' : 'nobody'}`;
  const more = requestedBy.length - 1;
  return html`<code>${by}</code>${more === 0 ? NOTHING : html` <span class="note">and ${more} more</span>`}`;
}

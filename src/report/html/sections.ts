import type { Report } from '../../model/report.js';
import { number } from '../numbers.js';
import { type Html, html, NOTHING } from './html.js';
import { specOf } from './words.js';

/** Longer lists are folded up. */
const OPEN_LINES = 20;

/** Why there is no verdict for every package, and what can be done. */
export function renderError({ error }: Report): Html {
  if (error === null) return NOTHING;
  return html`<section class="box error"><h2>No complete verdict</h2><p><code>${error.code}</code> ${error.message}</p><p><b>What to do:</b> ${error.hint}</p></section>`;
}

/** What the reader should know about how this was decided. */
export function renderNotices({ notices }: Report): Html {
  if (notices.length === 0) return NOTHING;
  return html`<section class="box notice"><h2>Notes</h2><ul>${notices.map((notice) => html`<li>${notice}</li>`)}</ul></section>`;
}

/** The reviewed exceptions that decided on a package. */
export function renderExceptions({ exceptions }: Report): Html {
  const items = exceptions.map(
    ({ name, version, signals, reason, source }) =>
      html`<li><code>${specOf({ name, version })}</code> is accepted by the ${source} despite ${signals.map((code, index) => html`${index === 0 ? '' : ', '}<code>${code}</code>`)}: <q>${reason}</q></li>`,
  );
  return renderList('exceptions', 'Exceptions', items);
}

/** What was not judged, and why. */
export function renderUnchecked({ unchecked }: Report): Html {
  const items = unchecked.map(({ id, reason }) => html`<li><code>${id}</code> ${reason}</li>`);
  return renderList('unchecked', 'Not checked', items);
}

function renderList(id: string, title: string, items: readonly Html[]): Html {
  if (items.length === 0) return NOTHING;
  const list = html`<ul class="lines">${items}</ul>`;
  const shown =
    items.length <= OPEN_LINES
      ? list
      : html`<details><summary>Show all ${number(items.length)}</summary>${list}</details>`;
  return html`<section id="${id}"><h2>${title} <span class="count">${number(items.length)}</span></h2>${shown}</section>`;
}

import { type Html, html, NOTHING } from './html.js';
import type { MergedPackage } from './merge-entries.js';
import { DECIDED_BY_WORDS, RISK_WORDS, SOURCE_WORDS } from './words.js';

/** What is known of a package beside its signals, as a list of terms. */
export function renderPackageFacts(merged: MergedPackage): Html {
  const { risk, score, decidedBy, source, alias, direct, places } = merged;
  return html`<dl class="facts">
${term('Risk', risk === 'not-found' || risk === 'unknown' ? RISK_WORDS[risk] : `${RISK_WORDS[risk]}, score ${score.toFixed(2)} of 1`)}
${term('Decided by', DECIDED_BY_WORDS[decidedBy])}
${term('Comes from', SOURCE_WORDS[source])}
${alias === null ? NOTHING : term('Installed as', html`<code>${alias}</code>`)}
${term('Asked for by the project itself', direct ? 'yes' : 'no')}
${places === 1 ? NOTHING : term('Places in the tree', String(places))}
</dl>`;
}

function term(name: string, value: string | Html): Html {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

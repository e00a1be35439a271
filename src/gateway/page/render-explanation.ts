import { type Html, html, NOTHING } from '../../report/html/html.js';
import { renderSignals } from '../../report/html/signal-list.js';
import { ACTION_WORDS, DECIDED_BY_WORDS, RISK_WORDS } from '../../report/html/words.js';
import { renderException } from '../../report/render-exception.js';
import type { Recent } from '../gateway.js';
import type { Outcome } from '../outcome.js';
import type { Ruling } from '../ruling.js';
import { proposeException } from './propose-exception.js';

/** Versions that are explained one by one. */
const VERSIONS_SHOWN = 10;

/** What is known of the name that somebody looks for. @param recent `null` = nothing */
export function renderNameExplanation(name: string, recent: Recent | null): Html {
  return html`<section id="explanation"><h2>What is known of <code>${name}</code></h2>
${recent === null ? html`<p class="none">Nobody has asked for it lately. Its document is judged when somebody does.</p>` : renderOutcome(recent.outcome)}
</section>`;
}

function renderOutcome(outcome: Outcome): Html {
  switch (outcome.kind) {
    case 'own':
      return html`<p class="none">It is the organisation's own: it is not judged.</p>`;
    case 'established':
      return html`<p class="none">It is an established package, and no feed lists it: all its versions are served.</p>`;
    case 'whole':
      return renderRuling(outcome.ruling, outcome.latest);
    case 'versions':
      return html`${worstFirst(outcome.rulings).map(([version, ruling]) => renderRuling(ruling, version))}`;
  }
}

function worstFirst(rulings: ReadonlyMap<string, Ruling>): readonly (readonly [string, Ruling])[] {
  const rank = ({ action }: Ruling): number => ['block', 'warn', 'allow'].indexOf(action);
  return [...rulings]
    .toReversed()
    .sort(([, a], [, b]) => rank(a) - rank(b))
    .slice(0, VERSIONS_SHOWN);
}

function renderRuling(ruling: Ruling, version: string | null): Html {
  if (ruling.kind === 'undecided')
    return html`<div class="box undecided"><h3>Undecided</h3><p>${ruling.reason}</p></div>`;
  const { reported, action, exceptions } = ruling;
  const proposal = action === 'block' ? proposeException(ruling, version) : null;
  const what = reported.version ?? 'all its versions';
  return html`<div class="box ${action}"><h3>${ACTION_WORDS[action]}: ${what}</h3>
<p>${RISK_WORDS[reported.risk]}, score ${reported.score.toFixed(2)} of 1; decided by ${DECIDED_BY_WORDS[reported.decidedBy]}.</p>
${renderSignals(reported)}
${reported.suggestions.map(({ name, why }) => html`<p>Did you mean <code>${name}</code>? ${why}</p>`)}
${exceptions.map((exception) => html`<p>${renderException(exception)}</p>`)}
${proposal === null ? NOTHING : html`<p>If somebody has looked at it and it is good, propose this entry of <code>exceptions</code> in the configuration:</p><pre tabindex="0" aria-label="Exception to propose"><code>${lines(proposal)}</code></pre>`}
</div>`;
}

/** Line by line: newlines are ours, and in foreign text they would be made visible. */
function lines(text: string): readonly Html[] {
  return text.split('\n').map((line, index) => html`${index === 0 ? NOTHING : NEWLINE}${line}`);
}

const NEWLINE: Html = { markup: '\n' };

import type { ReportedPackage } from '../../model/report.js';
import type { Evidence, Signal } from '../../model/signal.js';
import { signalPage } from '../pages.js';
import { signalTexts } from '../signal-texts.js';
import { type Html, html, NOTHING } from './html.js';

/** All that was found about a package, the heaviest first, with its evidence. */
export function renderSignals({ signals, risk }: Pick<ReportedPackage, 'signals' | 'risk'>): Html {
  if (signals.length === 0) {
    const why = risk === 'unknown' ? 'it could not be judged' : 'nothing speaks for or against it';
    return html`<p>No signals: ${why}.</p>`;
  }
  const byWeight = signals.toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  return html`<ul class="signals">${byWeight.map(renderSignal)}</ul>`;
}

function renderSignal({ code, weight, evidence }: Signal): Html {
  return html`<li class="${effectOf(weight)}"><p>${signalTexts[code](evidence)}</p>
<p class="weight"><a href="${signalPage(code)}"><code>${code}</code></a> <span>${signed(weight)}, ${EFFECT_WORDS[effectOf(weight)]}</span></p>${renderEvidence(evidence)}</li>`;
}

type Effect = 'raises' | 'lowers' | 'nothing';

const EFFECT_WORDS: Readonly<Record<Effect, string>> = {
  raises: 'raises the risk',
  lowers: 'lowers the risk',
  nothing: 'does not count',
};

function effectOf(weight: number): Effect {
  if (weight === 0) return 'nothing';
  return weight > 0 ? 'raises' : 'lowers';
}

function signed(weight: number): string {
  const size = Math.abs(weight).toFixed(2);
  if (weight === 0) return size;
  return weight > 0 ? `+${size}` : `−${size}`;
}

function renderEvidence(evidence: Evidence): Html {
  const facts = Object.entries(evidence);
  if (facts.length === 0) return NOTHING;
  return html`<ul class="evidence">${facts.map(([fact, value]) => html`<li>${fact}: <b>${value === null ? 'unknown' : String(value)}</b></li>`)}</ul>`;
}

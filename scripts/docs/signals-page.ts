import { SIGNAL_CODES, type SignalCode } from '../../src/model/signal.js';
import { signalTitles } from '../../src/report/signal-titles.js';
import { PROOF, weightOf } from '../../src/score/weights.js';
import { weightExamples } from '../../test/unit/signals/weight-examples.js';
import { code, page, table } from './markdown.js';

/** docs/signals/README.md: all signals with what they are about and what they weigh. */
export function renderSignalsPage(): string {
  return page('Signals', [
    `What the guard can find out about a package. A weight is in log-odds: above 0 it speaks against the package, below 0 for it, and ${signed(PROOF)} always blocks. How weights become a score: [decision 2](../decisions/0002-score.md). Each page says when the signal fires, its known false positives and its exact weights.`,
    table(
      ['signal', 'what it is about', 'weight'],
      SIGNAL_CODES.map((one) => [`[${code(one)}](${one}.md)`, signalTitles[one], weightText(one)]),
    ),
  ]);
}

function weightText(signal: SignalCode): string {
  const examples = weightExamples[signal];
  const weights = examples.map((evidence) => weightOf(signal, evidence));
  const [least, most] = [Math.min(...weights), Math.max(...weights)];
  const range = least === most ? signed(most) : `${signed(least)} to ${signed(most)}`;
  const upTo = examples.some(({ strength }) => strength !== undefined) ? 'up to ' : '';
  return upTo + range;
}

function signed(weight: number): string {
  return weight > 0 ? `+${weight}` : String(weight);
}

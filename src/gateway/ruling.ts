import type { AppliedException, ReportedPackage } from '../model/report.js';
import { capitalized, labelOf } from '../report/brief.js';
import { raisingSignals } from '../report/raising-signals.js';
import { sanitize } from '../report/sanitize.js';
import { signalTexts } from '../report/signal-texts.js';

/** What the gateway does about a package, or about one version of it, and why. */
export type Ruling =
  | {
      readonly kind: 'judged';
      readonly action: 'allow' | 'warn' | 'block';
      /** One line of ASCII. */
      readonly reason: string;
      readonly reported: ReportedPackage;
      readonly exceptions: readonly AppliedException[];
    }
  /** Nobody could decide, for the moment: it may be asked again. */
  | { readonly kind: 'undecided'; readonly action: 'allow' | 'block'; readonly reason: string };

/** Facts that are told; the rest decided little. */
const FACTS_SHOWN = 3;
/** npm prints the whole header. */
const MAX_REASON = 600;

/** Name, risk, what speaks against it, and what may have been meant. */
export function reasonFor(reported: ReportedPackage): string {
  const [meant] = reported.suggestions;
  const facts = raisingSignals(reported)
    .slice(0, FACTS_SHOWN)
    .map(({ code, evidence }) => `${sanitize(signalTexts[code](evidence))} (${code})`);
  const sentences = [
    `phantom-guard: ${labelOf(reported)} is ${reported.risk}`,
    ...facts,
    ...(meant === undefined
      ? []
      : [`did you mean ${sanitize(meant.name)}? ${capitalized(sanitize(meant.why))}`]),
  ];
  return toHeader(sentences.join('; '));
}

/** Text for the value of a header: one line of printable ASCII. */
export function toHeader(text: string): string {
  const plain = sanitize(text)
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/[\u2013\u2014\u2212]/g, '-')
    .replace(/[^\x20-\x7e]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
  return plain.length <= MAX_REASON ? plain : `${plain.slice(0, MAX_REASON - 3)}...`;
}

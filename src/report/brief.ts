import type { ReportedPackage } from '../model/report.js';
import { raisingSignals } from './raising-signals.js';
import { sanitize } from './sanitize.js';
import { signalTexts } from './signal-texts.js';

/** Facts that are told of a package where there is little room. */
const FACTS_SHOWN = 3;

/** `name@version`, with the key of an alias. */
export function labelOf({ name, version, alias }: ReportedPackage): string {
  const as = alias === null ? '' : ` (as ${alias})`;
  return sanitize(`${version === null ? name : `${name}@${version}`}${as}`);
}

/** A package in a few sentences without final stops: what it is, why, who asks for it, and what may have been meant. */
export function describeInBrief(reported: ReportedPackage): readonly string[] {
  const { risk, requestedBy, suggestions } = reported;
  const [meant] = suggestions;
  const facts = raisingSignals(reported)
    .slice(0, FACTS_SHOWN)
    .map(({ code, evidence }) => `${sanitize(signalTexts[code](evidence))} (${code})`);
  return [
    `${labelOf(reported)} is ${risk}`,
    ...facts,
    `Asked for by ${(requestedBy[0] ?? ['an unknown package']).map(sanitize).join(' > ')}`,
    ...(meant === undefined
      ? []
      : [`Did you mean ${sanitize(meant.name)}? ${capitalized(sanitize(meant.why))}`]),
  ];
}

/** With a capital first letter. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

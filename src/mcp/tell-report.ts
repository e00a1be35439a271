import type { Report, ReportedPackage, Suggestion } from '../model/report.js';
import { raisingSignals } from '../report/raising-signals.js';
import { signalTexts } from '../report/signal-texts.js';
import { quoteName } from './quote-name.js';

/** Packages that are told of; the document has all of them. */
const SHOWN = 20;
const FACTS_SHOWN = 3;

/** A report in a few sentences that a model can act on. Pure; every text of others in it is a name or a path, quoted. */
export function tellReport(report: Report): string {
  const told = report.packages.filter(({ risk }) => risk !== 'safe').toSorted(blockedFirst);
  const safe = report.packages.filter(({ risk }) => risk === 'safe');
  const hidden = told.length - SHOWN;
  const unjudged = report.unchecked.length - report.summary.unknown;
  return [
    conclusionOf(report),
    ...told.slice(0, SHOWN).map(tellPackage),
    ...(hidden > 0 ? [`And ${hidden} more, in structuredContent.packages.`] : []),
    ...(safe.length > 0 ? [tellSafe(safe)] : []),
    ...(unjudged > 0 ? [`Not judged at all: ${unjudged} (structuredContent.unchecked says why).`] : []),
  ].join('\n');
}

function conclusionOf({ status, error, summary }: Report): string {
  switch (status) {
    case 'allowed':
      return summary.suspicious === 0
        ? `Nothing is blocked: ${summary.packages} judged.`
        : `Nothing is blocked, but ${summary.suspicious} of ${summary.packages} packages are suspicious.`;
    case 'blocked':
      return `${summary.blocked} of ${summary.packages} packages are blocked. Do not install or import them, and do not look for a way round this.`;
    case 'undecided':
      return `Undecided (${error?.code ?? 'UNKNOWN'}): not everything could be judged. Treat what was not judged as blocked.`;
  }
}

/** What was decided about one package, why, and what to do. */
export function tellPackage(reported: ReportedPackage): string {
  return [headline(reported), ...reasons(reported), ...whoAsks(reported), ...adviceFor(reported)].join(' ');
}

function headline({ name, version, alias, risk, action }: ReportedPackage): string {
  const label = `${quoteName(name)}${version === null ? '' : ` ${quoteName(version)}`}`;
  const as = alias === null ? '' : ` (installed as ${quoteName(alias)})`;
  switch (risk) {
    case 'not-found':
      return `BLOCKED ${label}${as}: it does not exist on the registry.`;
    case 'high-risk':
      return `BLOCKED ${label}${as}: high risk.`;
    case 'suspicious':
      return `${action === 'block' ? 'BLOCKED' : 'WARNING'} ${label}${as}: suspicious.`;
    case 'unknown':
      return `${action === 'block' ? 'UNDECIDED' : 'NOT JUDGED'} ${label}${as}: the registry gave no answer.`;
    case 'safe':
      return `OK ${label}${as}: may be used.`;
  }
}

function reasons(reported: ReportedPackage): readonly string[] {
  if (reported.risk === 'not-found' || reported.risk === 'safe') return [];
  const facts = raisingSignals(reported)
    .slice(0, FACTS_SHOWN)
    .map(({ code, evidence }) => `${signalTexts[code](evidence)} (${code})`);
  return facts.length === 0 ? [] : [`Why: ${facts.join('; ')}.`];
}

function whoAsks({ direct, requestedBy }: ReportedPackage): readonly string[] {
  const [path] = requestedBy;
  if (direct || path === undefined) return [];
  return [`Asked for by ${path.map(quoteName).join(' > ')}.`];
}

/** What a model is to do about a package; nothing of it lets the model wave a package through. */
export function adviceFor({ risk, action, direct, suggestions }: ReportedPackage): readonly string[] {
  const [best] = suggestions;
  if (risk === 'safe') return [];
  if (risk === 'unknown')
    return [
      ...(best === undefined ? [] : [insteadOf(best)]),
      'Do not install it; validate it again when the registry can be reached, or tell the user.',
    ];
  if (action !== 'block')
    return [...(best === undefined ? [] : [insteadOf(best)]), 'Ask the user before you use it.'];
  if (!direct) return ['Another package asks for it: tell the user, do not install this tree.'];
  if (best !== undefined) return [insteadOf(best)];
  return [
    'No established package is known for this name: call find_established_package with the purpose, or ask the user. Do not guess another name.',
  ];
}

function insteadOf({ name, why }: Suggestion): string {
  return name.startsWith('node:')
    ? `Use the built-in module ${quoteName(name)} instead; there is nothing to install.`
    : `Use the established package ${quoteName(name)} instead (${why}).`;
}

function tellSafe(safe: readonly ReportedPackage[]): string {
  const names = safe.slice(0, SHOWN).map(({ name }) => quoteName(name));
  const more = safe.length - names.length;
  return `May be used: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}

const ORDER = { block: 0, warn: 1, allow: 2 } as const;

function blockedFirst(a: ReportedPackage, b: ReportedPackage): number {
  return ORDER[a.action] - ORDER[b.action] || b.score - a.score;
}

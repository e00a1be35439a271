import type { Signal } from '../model/signal.js';
import type { Subject, Verdict } from '../model/verdict.js';
import { signalTexts } from './signal-texts.js';
import { suggestionsFor } from './suggestions.js';

/** A verdict in words: what was decided, why, what speaks against it, what nobody knows, and what to do. Plain text. */
export type Answer = {
  readonly conclusion: string;
  readonly because: readonly string[];
  readonly despite: readonly string[];
  readonly unknown: readonly string[];
  readonly advice: readonly string[];
};

/** More reasons than these don't convince anybody more. */
const REASONS = 4;

/**
 * The answer to "why?", for the person who asked. Pure.
 *
 * @param integrityCompared whether the integrity of the lockfile was held against the registry's
 */
export function answerFor(verdict: Verdict, integrityCompared: boolean): Answer {
  const { subject, signals } = verdict;
  const byWeight = signals.toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  return {
    conclusion: concludeFrom(verdict),
    because: verdict.risk === 'unknown' ? [whyUnknown(subject)] : basis(verdict, byWeight),
    despite: byWeight
      .filter(({ weight }) => (verdict.risk === 'safe' ? weight > 0 : weight < 0))
      .slice(0, REASONS)
      .map(say),
    unknown: unknownsOf(subject, integrityCompared),
    advice: adviceFor(verdict),
  };
}

function concludeFrom({ risk, action, signals, subject: { entry } }: Verdict): string {
  const name = labelOf(entry);
  switch (risk) {
    case 'not-found':
      return `${name} is blocked: no such package exists.`;
    case 'high-risk':
      return `${name} is blocked.`;
    case 'suspicious':
      return action === 'block'
        ? `${name} is suspicious, and blocked because the policy fails on that.`
        : `${name} is suspicious: a warning, it may be installed.`;
    case 'unknown':
      return action === 'block'
        ? `${name} could not be judged, so nothing is installed.`
        : `${name} could not be judged; the policy lets it through.`;
    case 'safe':
      return signals.some(({ weight }) => weight > 0)
        ? `${name} may be installed: what speaks for it outweighs the rest.`
        : `${name} may be installed: nothing speaks against it.`;
  }
}

function basis({ risk, subject }: Verdict, byWeight: readonly Signal[]): readonly string[] {
  const wanted = byWeight.filter(({ weight }) => (risk === 'safe' ? weight < 0 : weight > 0));
  const borrowed = risk === 'safe' ? [] : byWeight.filter(({ code }) => code === 'REPOSITORY_BORROWED');
  const said = [...wanted.slice(0, REASONS), ...borrowed].map(say);
  const { popularity, snapshotAtMs } = subject.names;
  if (risk !== 'safe' || popularity === null) return said;
  const date =
    snapshotAtMs === null ? 'the date of the data' : new Date(snapshotAtMs).toISOString().slice(0, 10);
  return [
    `the name was installed at least ${(2 ** popularity).toLocaleString('en-US')} times in the month before ${date} (that vouches for the name, not for a version)`,
    ...said,
  ];
}

function say(signal: Signal): string {
  return signalTexts[signal.code](signal.evidence);
}

function whyUnknown({ knowledge: { answer }, entry }: Subject): string {
  if (entry.registryName === null) return 'npm could not install anything under this name';
  return answer?.kind === 'unavailable' ? answer.detail : 'nobody was asked about it';
}

/** What would have been looked at, had somebody said it. */
function unknownsOf(
  { knowledge: { answer, downloads }, names, entry }: Subject,
  integrityCompared: boolean,
): readonly string[] {
  if (answer?.kind !== 'found' || answer.facts.withheld) return [];
  const { facts } = answer;
  const missing: readonly (readonly [boolean, string])[] = [
    [facts.createdAtMs === null, 'when it was first published'],
    [downloads?.kind !== 'found' || downloads.facts.weeklyDownloads === null, 'how often it is installed'],
    [facts.maintainerCount === null, 'who maintains it'],
    [facts.hasRepository === null, 'whether it names a repository'],
    [names.inSnapshot === null, 'whether it existed when the bundled names were collected'],
    [
      entry.presence === 'installed' && entry.integrity !== null && !integrityCompared,
      "whether the lockfile's integrity is the registry's (not compared)",
    ],
  ];
  return missing.filter(([isMissing]) => isMissing).map(([, what]) => what);
}

function adviceFor({ risk, signals, subject }: Verdict): readonly string[] {
  const { entry } = subject;
  if (risk === 'safe') return [];
  if (risk === 'unknown')
    return [
      entry.registryName === null ? 'correct the name' : 'run it again when the registry can be reached',
    ];
  const [best] = suggestionsFor(subject);
  const meant = best === undefined ? [] : [`if you meant ${best.name}, use that: ${best.why}`];
  if (risk === 'not-found')
    return [...meant, ...owner(entry.direct), 'do not register or install a name because a model wrote it'];
  const isHard = signals.some(({ code }) => code === 'KNOWN_MALICIOUS' || code === 'RESOLVED_MISMATCH');
  if (isHard) return [...meant, 'do not install it; find out how it came into the lockfile'];
  return [
    ...meant,
    ...owner(entry.direct),
    `if you have read its code and trust it: phantom-guard-install accept ${labelOf(entry)} --reason "…"`,
  ];
}

function owner(direct: boolean): readonly string[] {
  return direct
    ? ['find out where the name comes from: documentation, or the suggestion of a model']
    : ['the package that asks for it is the one to question: look at its path from the root'];
}

function labelOf({ name, version }: Subject['entry']): string {
  return version === null ? name : `${name}@${version}`;
}

import type { Evidence, SignalCode } from '../model/signal.js';

type Sentence = (evidence: Evidence) => string;

/** What each signal says to a person. A signal without a sentence doesn't compile. */
export const signalTexts: { readonly [C in SignalCode]: Sentence } = {
  NOT_FOUND: ({ registry }) =>
    `nobody owns this name on ${registry}: whoever registers it decides what gets installed`,
  NOT_IN_SNAPSHOT: () => 'nobody used this name at the date of the bundled names',
  TYPOSQUAT: ({ imitated, technique }) => `looks like ${imitated} (${technique})`,
  HALLUCINATION_PATTERN: ({ imitated, technique }) =>
    `made from the established name ${imitated} (${technique})`,
  NAMESPACE_SQUATTING: ({ imitated, technique }) => `looks like the scope of ${imitated} (${technique})`,
  CROSS_ECOSYSTEM: ({ imitated }) => `${imitated} is a package of PyPI, not of npm`,
  CORE_MODULE: ({ imitated }) => `node:${imitated} ships with Node.js; this package is something else`,
  RECENTLY_CREATED: ({ ageDays }) => `first published ${days(ageDays)} ago`,
  FEW_RELEASES: ({ releases }) => `only ${count(releases, 'release')}`,
  VERSION_SPIKE: ({ releasesIn24h }) => `${count(releasesIn24h, 'release')} within 24 hours`,
  LOW_DOWNLOADS: ({ weeklyDownloads }) => `${count(weeklyDownloads, 'download')} in the last week`,
  DOWNLOAD_INFLATION: ({ weeklyDownloads, ageDays }) =>
    `${count(weeklyDownloads, 'download')} in the last week at an age of ${days(ageDays)}: not plausible`,
  NO_REPOSITORY: () => 'names no source repository',
  NO_MAINTAINER: () => 'has no maintainer',
  SHORT_DESCRIPTION: ({ characters }) =>
    characters === 0 ? 'has no description' : `description of ${count(characters, 'character')}`,
  OWNERSHIP_TRANSFER: ({ daysSinceTransfer }) => `changed hands ${days(daysSinceTransfer)} ago`,
  POPULAR_PACKAGE: ({ weeklyDownloads }) => `${count(weeklyDownloads, 'download')} in the last week`,
  LONG_HISTORY: ({ ageDays }) => `has existed for at least ${days(ageDays)}`,
};

type Value = Evidence[string] | undefined;

function days(value: Value): string {
  return count(value, 'day');
}

function count(value: Value, noun: string): string {
  const text = typeof value === 'number' ? value.toLocaleString('en-US') : String(value);
  return `${text} ${noun}${value === 1 ? '' : 's'}`;
}
